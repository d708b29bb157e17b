import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { YamlValue } from '../project/project.ts';
import { type CheckedYaml, reportIssues } from '../project/yaml-check.ts';
import type { YamlPath } from '../project/yaml-document.ts';
import { embeddedReferences } from './embedded-template.ts';
import type { GenericTestSignature } from './generic-test-signature.ts';
import type { Reference } from './node.ts';
import { type NodeIndex, resolve } from './node-index.ts';
import {
  formatReference,
  type ReferenceText,
  readReferenceCall,
  readReferenceText,
} from './reference-text.ts';
import { keysBesideArguments, type ReadTestEntry } from './test-entry.ts';

/** The arguments of a generic test. */
export interface TestArguments {
  /** As the test gets them: relations as unique ids. */
  readonly bound: Readonly<Record<string, YamlValue>>;
  /** As the test's name has them: relations as `ref('x')`. */
  readonly named: Readonly<Record<string, YamlValue>>;
  readonly references: readonly Reference[];
  /** The names of those that are relations. */
  readonly relations: readonly string[];
}

/** Reads a test's arguments, resolves the relations among them, and checks them against the signature. */
export function readArguments(
  read: ReadTestEntry,
  signature: GenericTestSignature,
  yaml: CheckedYaml<unknown>,
  index: NodeIndex,
  report: Report,
): TestArguments {
  const bound: Record<string, YamlValue> = {};
  const named: Record<string, YamlValue> = {};
  const references: Reference[] = [];
  const relations: string[] = [];
  for (const [key, { value, path }] of Object.entries(read.arguments)) {
    if (key === 'column_name') continue;
    const span = yaml.spanAt(path);
    const isRelation = signature.relationArguments.includes(key) && typeof value === 'string';
    const text = readRelation(value, isRelation, signature);
    if (isRelation && text === undefined)
      report(catalogue.notAReference({ text: value, argument: key, span }));
    const reference = text === undefined ? undefined : resolve(text, span, index, report);
    if (text !== undefined) relations.push(key);
    if (reference !== undefined) references.push(reference);
    else if (text === undefined && !isRelation)
      references.push(...embeddedReferences(value, span, index, report));
    bound[key] = reference?.uniqueId ?? value;
    named[key] = text === undefined ? value : formatReference(text);
  }
  checkArguments(read, signature, bound, yaml, report);
  return { bound, named, references, relations };
}

function readRelation(
  value: YamlValue,
  isRelation: boolean,
  { macro }: GenericTestSignature,
): ReferenceText | undefined {
  if (typeof value !== 'string') return undefined;
  if (isRelation) return readReferenceText(value);
  return macro === undefined ? undefined : readReferenceCall(value);
}

function checkArguments(
  read: ReadTestEntry,
  { schema }: GenericTestSignature,
  input: Readonly<Record<string, YamlValue>>,
  yaml: CheckedYaml<unknown>,
  report: Report,
): void {
  const result = schema.safeParse(input);
  if (result.success) return;
  const written = (path: YamlPath): YamlPath => {
    const [key, ...below] = path;
    const argument = key === undefined ? undefined : read.arguments[String(key)];
    return argument === undefined ? [] : [...argument.path, ...below];
  };
  const place = (at: 'spanAt' | 'keySpanAt') => (path: YamlPath) => {
    const found = written(path);
    return found.length === 0 ? read.span : yaml[at](found);
  };
  const places = { spanAt: place('spanAt'), keySpanAt: place('keySpanAt') };
  reportIssues(
    result.error.issues,
    { schema, input, base: [], ...places, alsoKnown: keysBesideArguments },
    report,
  );
}
