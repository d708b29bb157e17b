import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { YamlValue } from '../project/project.ts';
import type { CheckedYaml } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import { type ConfigLayer, checkLayer, yamlLayer } from './config-layer.ts';
import { configKeys, testConfigSchema } from './config-schema.ts';
import type { TestEntry } from './properties-schema.ts';

type Mapping = { readonly [key: string]: YamlValue };

/** An entry of a `tests` list, taken apart; values are as written. */
export interface ReadTestEntry {
  /** The name in the catalogue, without a package. */
  readonly testName: string;
  /** A name of its own. */
  readonly name: string | undefined;
  readonly description: string;
  readonly arguments: Readonly<Record<string, TestArgument>>;
  readonly config: ConfigLayer;
  readonly span: Span;
}

export interface TestArgument {
  readonly value: YamlValue;
  readonly path: YamlPath;
}

/** Keys that are neither arguments nor config. */
const OWN_KEYS = ['name', 'description', 'arguments', 'config', 'test_name'];
const PACKAGE = /^(dbt_utils|dbt_expectations)\./;

/** The keys that may stand beside a test's arguments, for suggestions. */
export const keysBesideArguments: readonly string[] = [...OWN_KEYS, ...configKeys(testConfigSchema)];

/**
 * Reads `unique`, `unique: { … }` and dbt's `{ name, test_name: unique, … }`. Arguments stand below `arguments` or beside
 * the config keys, and those below `config` or beside the arguments.
 */
export function readTestEntry(
  entry: TestEntry,
  path: YamlPath,
  yaml: CheckedYaml<unknown>,
  report: Report,
): ReadTestEntry | undefined {
  if (typeof entry === 'string') return readBody(entry, {}, path, yaml, report);
  const keys = Object.keys(entry);
  const span = yaml.spanAt(path);
  if (typeof entry['test_name'] === 'string') return readBody(entry['test_name'], entry, path, yaml, report);
  const [testName] = keys;
  if (testName === undefined) report(catalogue.namelessTest({ span }));
  else if (keys.length > 1) report(catalogue.severalTestNames({ keys, span }));
  else return readNamed(testName, entry[testName] ?? {}, [...path, testName], yaml, report);
  return undefined;
}

function readNamed(
  testName: string,
  body: YamlValue,
  path: YamlPath,
  yaml: CheckedYaml<unknown>,
  report: Report,
): ReadTestEntry | undefined {
  if (isMapping(body)) return readBody(testName, body, path, yaml, report);
  report(catalogue.testBodyNoMapping({ name: testName, span: yaml.spanAt(path) }));
  return undefined;
}

function readBody(
  testName: string,
  body: Mapping,
  path: YamlPath,
  yaml: CheckedYaml<unknown>,
  report: Report,
): ReadTestEntry {
  const args: Record<string, TestArgument> = {};
  const inlineConfig: Record<string, YamlValue> = {};
  for (const [key, value] of Object.entries(body)) {
    if (Object.hasOwn(testConfigSchema.shape, key)) inlineConfig[key] = value;
    else if (!OWN_KEYS.includes(key)) args[key] = { value, path: [...path, key] };
  }
  for (const [key, value] of Object.entries(mappingAt(body, 'arguments', path, yaml, report)))
    args[key] = { value, path: [...path, 'arguments', key] };
  const config = mappingAt(body, 'config', path, yaml, report);
  const layer = {
    ...yamlLayer(inlineConfig, path, yaml),
    ...yamlLayer(config, [...path, 'config'], yaml),
  };
  return {
    testName: testName.replace(PACKAGE, ''),
    name: textOf(body['name']),
    description: textOf(body['description']) ?? '',
    arguments: args,
    config: checkLayer(layer, testConfigSchema, report),
    span: yaml.keySpanAt(path),
  };
}

function mappingAt(
  body: Mapping,
  key: string,
  path: YamlPath,
  yaml: CheckedYaml<unknown>,
  report: Report,
): Mapping {
  const value = body[key] ?? {};
  if (isMapping(value)) return value;
  report(catalogue.testBodyNoMapping({ name: key, span: yaml.spanAt([...path, key]) }));
  return {};
}

function isMapping(value: YamlValue): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: YamlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
