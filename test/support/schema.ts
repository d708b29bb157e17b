import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

const FOLDER = new URL('../../../shared/schemas/', import.meta.url);

/** Whether the schemas that lie beside the repository are there; tests that need them skip where they are not. */
export const hasSchemas = existsSync(FOLDER);

const compiled = new Map<string, ValidateFunction>();

/** Fails unless a JSON text fits a schema, `dbt/manifest-v12.json`. */
export function expectToFit(schema: string, json: string): void {
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  validate(JSON.parse(json));
  expect(validate.errors ?? []).toEqual([]);
}

function compile(schema: string): ValidateFunction {
  // Its optimizer takes longer than it spares where a schema meets a few texts.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, code: { optimize: false } });
  return ajv.compile(JSON.parse(readFileSync(new URL(schema, FOLDER), 'utf8')));
}
