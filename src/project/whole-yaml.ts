import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  Schema,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import * as catalogue from '../diagnostic/catalogue/yaml.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { lineEnd } from './plain-scan.ts';
import type { YamlValue } from './project.ts';
import type { YamlDocument, YamlPath } from './yaml-document.ts';

/** With all aliases written out, a document may have so many values. */
const MOST_VALUES = 100_000;
const MERGE_KEY = '<<';
/** YAML 1.2's core schema, made once: each document would make its own. */
const core = new Schema({ schema: 'core', resolveKnownTags: true });

/** Reads a YAML file by the whole grammar. What is wrong is reported; then there is no document. */
export function parseWholeYaml(source: SourceText, report: Report): YamlDocument | undefined {
  const parsed = parseDocument(source.text, { prettyErrors: false, logLevel: 'silent', schema: core });
  if (parsed.errors.length > 0) {
    for (const error of telling(parsed.errors)) report(syntaxDiagnostic(error, source));
    return undefined;
  }
  const reader = new ValueReader(source, report);
  const root = parsed.contents ?? new Scalar(null);
  const value = reader.read(root);
  if (reader.failed) return undefined;
  return documentOf(source, root, value, reader.anchored);
}

/** Duplicate keys, and the first error of the grammar: those behind it mostly follow from it. */
function telling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const grammar = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error.code === 'DUPLICATE_KEY' || error === grammar);
}

function syntaxDiagnostic(error: YAMLError, source: SourceText) {
  const span = spanAt(source, error.pos[0], error.pos[1]);
  if (error.code === 'DUPLICATE_KEY')
    return catalogue.duplicateYamlKey({ key: keyAt(source, error.pos[0]), span });
  if (error.code === 'MULTIPLE_DOCS') return catalogue.severalYamlDocuments({ span });
  return catalogue.yamlSyntax({ problem: error.message, span });
}

function keyAt(source: SourceText, offset: number): string {
  return /^[^:\n]*/.exec(source.text.slice(offset))?.[0].trim() ?? '';
}

/** Reads nodes into plain values; each anchor is read once and shared, but counts each time that it is used. */
class ValueReader {
  failed = false;
  readonly anchored = new Map<string, Node>();
  private readonly sizes = new Map<Node, number>();
  private readonly values = new Map<Node, YamlValue>();
  private count = 0;
  private readonly source: SourceText;
  private readonly report: Report;

  constructor(source: SourceText, report: Report) {
    this.source = source;
    this.report = report;
  }

  read(node: unknown): YamlValue {
    if (isAlias(node)) return this.readAlias(node.source, this.place(node));
    const before = this.count++;
    const value = this.readPlain(node);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.anchored.set(anchor, node as Node);
      this.values.set(node as Node, value);
      this.sizes.set(node as Node, this.count - before);
    }
    return value;
  }

  private readPlain(node: unknown): YamlValue {
    if (isMap(node)) return this.readMap(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    if (isScalar(node)) return this.readScalar(node);
    return null;
  }

  private readMap(map: YAMLMap): YamlValue {
    const value: Record<string, YamlValue> = {};
    const merged: YamlValue[] = [];
    for (const pair of map.items) {
      const key = keyText(pair.key);
      if (key === undefined || key === '__proto__')
        this.fail(catalogue.badYamlKey({ span: this.place(pair.key) }));
      else if (key === MERGE_KEY && isPlain(pair.key)) merged.push(this.read(pair.value));
      else value[key] = this.read(pair.value);
    }
    return merged.length === 0 ? value : { ...mergedInto(merged), ...value };
  }

  private readScalar(scalar: Scalar): YamlValue {
    const value = scalar.value;
    if (typeof value !== 'number') return value as YamlValue;
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      this.fail(
        catalogue.inexactYamlNumber({ written: scalar.source ?? String(value), span: this.place(scalar) }),
      );
    return value;
  }

  private readAlias(name: string, span: Span): YamlValue {
    const node = this.anchored.get(name);
    const size = node === undefined ? undefined : this.sizes.get(node);
    if (node === undefined || size === undefined) {
      this.fail(catalogue.unknownYamlAlias({ name, span }));
      return null;
    }
    this.count += size;
    if (this.count > MOST_VALUES && !this.failed)
      this.fail(catalogue.tooManyYamlAliases({ name, most: MOST_VALUES, span }));
    return this.values.get(node) ?? null;
  }

  private fail(diagnostic: Parameters<Report>[0]): void {
    this.failed = true;
    this.report(diagnostic);
  }

  private place(node: unknown): Span {
    return placeOf(node, this.source);
  }
}

/** Later mappings of a merge list do not override earlier ones. */
function mergedInto(merged: readonly YamlValue[]): Record<string, YamlValue> {
  return Object.assign({}, ...merged.flat().toReversed());
}

function documentOf(
  source: SourceText,
  root: Node,
  value: YamlValue,
  anchored: ReadonlyMap<string, Node>,
): YamlDocument {
  const resolved = (node: unknown) => (isAlias(node) ? anchored.get(node.source) : node);
  const find = (path: YamlPath) => {
    let found: Found = { key: root, value: root };
    for (const step of path) {
      const next = child(resolved(found.value), step, resolved);
      if (next === undefined) return { ...found, whole: false };
      found = next;
    }
    return { ...found, whole: true };
  };
  return {
    source,
    value,
    spanAt: (path) => {
      const { key, value: node, whole } = find(path);
      return placeOf(whole && hasText(node) ? node : key, source);
    },
    keySpanAt: (path) => placeOf(find(path).key, source),
  };
}

interface Found {
  readonly key: unknown;
  readonly value: unknown;
}

function child(parent: unknown, step: PropertyKey, resolved: (node: unknown) => unknown): Found | undefined {
  if (isSeq(parent)) {
    const item = parent.items[Number(step)];
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(parent)) return undefined;
  const name = String(step);
  const pair = parent.items.find((item) => keyText(item.key) === name);
  if (pair !== undefined) return { key: pair.key, value: pair.value };
  for (const { key, value } of parent.items) {
    if (keyText(key) !== MERGE_KEY) continue;
    const target = resolved(value);
    const found = isSeq(target)
      ? target.items.map((item) => child(resolved(item), step, resolved)).find((hit) => hit !== undefined)
      : child(target, step, resolved);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function isPlain(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN';
}

function hasText(node: unknown): boolean {
  return isScalar(node)
    ? (node.range?.[1] ?? 0) > (node.range?.[0] ?? 0)
    : node !== null && node !== undefined;
}

/** The place of a node; of a mapping its first key, and of anything else that spans lines its first line. */
function placeOf(node: unknown, source: SourceText): Span {
  const first = isMap(node) ? (node.items[0]?.key ?? node) : node;
  const range = isPair(first) ? undefined : (first as Node | null | undefined)?.range;
  if (range === undefined || range === null) return spanAt(source, 0, 0);
  return spanAt(source, range[0], Math.max(range[0], Math.min(range[1], lineEnd(source.text, range[0]))));
}
