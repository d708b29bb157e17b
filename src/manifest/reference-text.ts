import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';

/** What a text in YAML refers to, before it is looked up. */
export type ReferenceText =
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

/** A reference in a template, before it is looked up. */
export type PlacedReference = ReferenceText & {
  readonly span: Span;
  /** The way through macros to where it is written. */
  readonly related?: readonly RelatedPlace[];
};

const NAME = /^\s*([A-Za-z_]\w*)\s*$/;
const REF = /^\s*(?:\{\{)?\s*ref\s*\(?\s*(['"])(\w+)\1\s*\)?\s*(?:\}\})?\s*$/;
const SOURCE = /^\s*(?:\{\{)?\s*source\s*\(?\s*(['"])(\w+)\1\s*,?\s*(['"])(\w+)\3\s*\)?\s*(?:\}\})?\s*$/;

/** Reads `x`, `ref('x')`, `{{ref "x"}}`, `source('a', 'x')` and `{{source "a" "x"}}`; undefined for anything else. */
export function readReferenceText(text: string): ReferenceText | undefined {
  const [, name] = NAME.exec(text) ?? [];
  return name === undefined ? readReferenceCall(text) : { kind: 'ref', name };
}

/** Reads the same without `x`, which may be any text. */
export function readReferenceCall(text: string): ReferenceText | undefined {
  const [, , ref] = REF.exec(text) ?? [];
  if (ref !== undefined) return { kind: 'ref', name: ref };
  const [, , source, , table] = SOURCE.exec(text) ?? [];
  return source === undefined || table === undefined ? undefined : { kind: 'source', source, table };
}

/** A reference as dbt spells it in the names of tests: `ref('x')`. */
export function formatReference(reference: ReferenceText): string {
  return reference.kind === 'ref'
    ? `ref('${reference.name}')`
    : `source('${reference.source}', '${reference.table}')`;
}
