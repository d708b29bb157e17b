import * as z from 'zod';
import { varsNotAMap } from '../diagnostic/catalogue/project.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlValue } from './project.ts';
import { check } from './yaml-check.ts';

const schema = z.record(z.string(), z.json());

/** Reads the vars that a command line gives: a YAML map such as `{as_of_date: 2025-06-30}`. */
export function parseVariables(
  source: SourceText,
  report: Report,
): Readonly<Record<string, YamlValue>> | undefined {
  const document = parseYaml(source, report);
  if (document !== undefined && !isMap(document.value)) {
    report(varsNotAMap({ span: document.spanAt([]) }));
    return undefined;
  }
  return document === undefined ? undefined : check(schema, document, report)?.value;
}

function isMap(value: YamlValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
