import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../src/manifest/json-schemas.ts';
import { parseYaml } from '../../src/project/parse-yaml.ts';

const SMALL_SHOP = join(import.meta.dirname, '../projects/small_shop');
const ajv = new Ajv2020({ strict: false });

function validate(name: string, text: string): boolean {
  const schema = jsonSchemas()[name];
  if (schema === undefined) throw new Error(`no schema ${name}`);
  const document = parseYaml({ path: name, text }, () => {});
  return ajv.validate(schema, document?.value);
}

test('the files of a project fit their JSON Schemas', () => {
  expect(validate('project.schema.json', readFileSync(join(SMALL_SHOP, 'project.yml'), 'utf8'))).toBe(true);
  const files = readdirSync(SMALL_SHOP, { recursive: true, encoding: 'utf8' });
  const properties = files.filter((file) => file.endsWith('.yml') && file !== 'project.yml');
  expect(properties).toHaveLength(2);
  for (const file of properties)
    expect([file, validate('properties.schema.json', readFileSync(join(SMALL_SHOP, file), 'utf8'))]).toEqual([
      file,
      true,
    ]);
});

test('dbt’s spellings fit, unknown keys do not', () => {
  const targets = 'targets: { dev: { adapter: duckdb, schema: a } }';
  expect(validate('project.schema.json', `name: a\nmodel-paths: [models]\n${targets}`)).toBe(true);
  expect(validate('project.schema.json', `name: a\nmodel_path: [models]\n${targets}`)).toBe(false);
  expect(validate('properties.schema.json', 'models: [{ name: a, data_tests: [unique] }]')).toBe(true);
  expect(validate('properties.schema.json', 'models: [{ name: a, colums: [] }]')).toBe(false);
});
