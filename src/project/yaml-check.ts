import type { z } from 'zod';
import { adviceOnDbtValue } from '../diagnostic/catalogue/dbt-key.ts';
import * as catalogue from '../diagnostic/catalogue/yaml.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { nearest } from '../diagnostic/suggestion.ts';
import { type Canonical, canonicalKeys, containerFor, spellingsOf } from './key-aliases.ts';
import type { YamlValue } from './project.ts';
import type { YamlDocument, YamlPath } from './yaml-document.ts';

/** A YAML document that fits its schema. Paths into it use the schema's spelling of keys. */
export interface CheckedYaml<T> {
  readonly value: T;
  readonly spanAt: (path: YamlPath) => Span;
  readonly keySpanAt: (path: YamlPath) => Span;
}

/**
 * Fits a document to a schema; every misfit is reported at its place. Unknown keys are left out of the result, so that
 * what stands beside them is not taken for missing; with any other misfit there is none.
 */
export function check<T>(
  schema: z.ZodType<T>,
  document: YamlDocument,
  report: Report,
): CheckedYaml<T> | undefined {
  const canonical = canonicalKeys(document.value, schema);
  const places = placesIn(document, canonical);
  const result = schema.safeParse(canonical.value);
  if (result.success) return { value: result.data, ...places };
  const { issues } = result.error;
  reportIssues(issues, { schema, input: canonical.value, base: [], ...places }, report);
  const known = schema.safeParse(withoutUnknownKeys(canonical.value, issues));
  return known.success ? { value: known.data, ...places } : undefined;
}

function withoutUnknownKeys(value: YamlValue, issues: readonly z.core.$ZodIssue[]): YamlValue {
  const copy = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const parent = issue.path.reduce(childOf, copy as unknown);
    for (const key of issue.keys) delete (parent as Record<string, unknown>)[key];
  }
  return copy;
}

/** What issues of a schema are explained by: the value that was checked, and where in the document it stands. */
export interface IssueContext {
  readonly schema: z.core.$ZodType;
  readonly input: YamlValue;
  /** The path of `input` in the document. */
  readonly base: YamlPath;
  readonly spanAt: (path: YamlPath) => Span;
  readonly keySpanAt: (path: YamlPath) => Span;
  /** Keys that are known beside the schema's, for suggestions. */
  readonly alsoKnown?: readonly string[];
}

/** Reports the issues that zod found in a part of a document. */
export function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  context: IssueContext,
  report: Report,
): void {
  for (const issue of issues) for (const diagnostic of explain(issue, [], context)) report(diagnostic);
}

function placesIn(document: YamlDocument, { value, written }: Canonical) {
  const asWritten = (path: YamlPath): YamlPath => {
    let at: unknown = value;
    return path.map((key) => {
      const spelt = written(at, key);
      at = childOf(at, key);
      return spelt;
    });
  };
  return {
    spanAt: (path: YamlPath) => document.spanAt(asWritten(path)),
    keySpanAt: (path: YamlPath) => document.keySpanAt(asWritten(path)),
  };
}

function explain(issue: z.core.$ZodIssue, outer: YamlPath, context: IssueContext): Diagnostic[] {
  const inner = [...outer, ...issue.path];
  const path = [...context.base, ...inner];
  const span = context.spanAt(path);
  const value = inner.reduce(childOf, context.input as unknown);
  const what = whatAt(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = [...knownKeys(inner, context), ...(inner.length === 0 ? (context.alsoKnown ?? []) : [])];
      return issue.keys.map((key) =>
        isCutText(key, childOf(value, key))
          ? catalogue.textCutAtComma({ text: key, span: context.keySpanAt([...path, key]) })
          : catalogue.unknownKey({ key, known, span: context.keySpanAt([...path, key]) }),
      );
    }
    case 'invalid_type':
      if (value === undefined) return [catalogue.missingKey({ key: String(path.at(-1) ?? ''), span })];
      return [
        catalogue.wrongValue({
          what,
          problem: `must be ${article(issue.expected)}, not ${kindOf(value)}`,
          span,
        }),
      ];
    case 'invalid_value': {
      if (value === undefined) return [catalogue.missingKey({ key: String(path.at(-1) ?? ''), span })];
      return [
        catalogue.wrongValue({
          what,
          problem: notOneOf(value, issue.values),
          span,
          hint: adviceOnDbtValue(String(path.at(-1)), value) ?? meant(value, issue.values),
        }),
      ];
    }
    case 'invalid_union':
      return explainUnion(issue, inner, value, context);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.map((nested) =>
        catalogue.wrongValue({ what, problem: lowered(nested.message), span: context.keySpanAt(path) }),
      );
    default:
      return [catalogue.wrongValue({ what, problem: lowered(issue.message), span })];
  }
}

/** In `{ description: One, two }` the words behind the comma are a key without a value. */
function isCutText(key: string, value: unknown): boolean {
  return value === null && /[^\w-]/.test(key);
}

/** Of a union's branches the one that came furthest is the one that was meant; if none got inside, all kinds are named. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  inner: YamlPath,
  value: unknown,
  context: IssueContext,
): Diagnostic[] {
  const branches = issue.errors.filter((errors) => !errors.some((error) => isWrongKind(error)));
  const closest = branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  if (closest !== undefined) return closest.flatMap((error) => explain(error, inner, context));
  const path = [...context.base, ...inner];
  const kinds = [...new Set(issue.errors.flat().flatMap((error) => expectedKind(error)))];
  const problem = `must be ${kinds.join(' or ')}, not ${kindOf(value)}`;
  return [catalogue.wrongValue({ what: whatAt(path), problem, span: context.spanAt(path) })];
}

function isWrongKind(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function expectedKind(issue: z.core.$ZodIssue): string[] {
  if (issue.path.length > 0) return [];
  if (issue.code === 'invalid_type') return [article(issue.expected)];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap((error) => expectedKind(error));
  return [];
}

function knownKeys(path: YamlPath, context: IssueContext): string[] {
  let schema: z.core.$ZodType | undefined = context.schema;
  let value: YamlValue = context.input;
  for (const key of path) {
    if (schema !== undefined) schema = memberOf(containerFor(value, schema), key);
    value = childOf(value, key) as YamlValue;
  }
  const container = schema === undefined ? undefined : containerFor(value, schema);
  const def = container?._zod.def as Partial<z.core.$ZodObjectDef> | undefined;
  if (container === undefined || def?.shape === undefined) return [];
  return [...Object.keys(def.shape), ...Object.keys(spellingsOf(container))];
}

function memberOf(container: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  const def = container?._zod.def;
  switch (def?.type) {
    case 'array':
      return (def as z.core.$ZodArrayDef).element;
    case 'record':
      return (def as z.core.$ZodRecordDef).valueType;
    case 'object':
      return (def as z.core.$ZodObjectDef).shape[String(key)];
    default:
      return undefined;
  }
}

function childOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

/** `"threads"`, or `Entry 2 of "columns"`. */
function whatAt(path: YamlPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  if (typeof last !== 'number') return `"${String(last)}"`;
  const list = path.at(-2);
  return list === undefined ? `Entry ${last + 1}` : `Entry ${last + 1} of "${String(list)}"`;
}

function article(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
    null: 'empty',
  };
  return names[expected] ?? `a value of type ${expected}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `the text "${value}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

function notOneOf(value: unknown, values: readonly unknown[]): string {
  return `must be ${values.map((one) => JSON.stringify(one)).join(' or ')}, not ${kindOf(value)}`;
}

function meant(value: unknown, values: readonly unknown[]): string | undefined {
  const near = typeof value === 'string' ? nearest(value, values.map(String)) : undefined;
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

function lowered(message: string): string {
  return (message.charAt(0).toLowerCase() + message.slice(1)).replace(/\.$/, '');
}
