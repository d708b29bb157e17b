import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { RelatedPlace, Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { DeclaredNode } from './declared-node.ts';
import type { DisabledNode } from './manifest.ts';
import type { GeneratedSeedNode, Reference, SourceNode } from './node.ts';
import type { PlacedReference, ReferenceText } from './reference-text.ts';
import type { DeclaredSource } from './source-file.ts';
import type { Macros } from './template-facts.ts';

/** What references can name: models and seeds by name, sources by their two names. */
export interface NodeIndex {
  readonly buildable: ReadonlyMap<string, DeclaredNode>;
  readonly generated: ReadonlyMap<string, GeneratedSeedNode>;
  /** By `source.table`. */
  readonly sources: ReadonlyMap<string, SourceNode>;
  /** Models and seeds by name, sources by `source.table`. */
  readonly disabled: ReadonlyMap<string, DisabledNode>;
  readonly macros: Macros;
}

/** Everything of a project that can be referred to. */
export interface Declared {
  readonly buildable: readonly DeclaredNode[];
  readonly generated: readonly GeneratedSeedNode[];
  readonly sources: readonly DeclaredSource[];
  readonly macros: Macros;
}

/** Finds nodes by name; of several enabled ones with one name the first counts, and the others are reported. */
export function nodeIndex(declared: Declared, report: Report): NodeIndex {
  const buildable = new Map<string, DeclaredNode>();
  const disabled = new Map<string, DisabledNode>();
  for (const node of declared.buildable) {
    const { uniqueId, name, span, disabledAt } = node;
    const other = buildable.get(name);
    if (disabledAt !== undefined) disabled.set(name, { uniqueId, name, span: disabledAt });
    else if (other === undefined) buildable.set(name, node);
    else report(catalogue.duplicateName({ what: 'models or seeds', name, span, other: other.span }));
  }
  const sources = new Map<string, SourceNode>();
  for (const { node, disabled: off } of declared.sources) {
    const key = `${node.sourceName}.${node.name}`;
    if (off === undefined) sources.set(key, node);
    else disabled.set(key, off);
  }
  const generated = new Map(declared.generated.map((seed) => [seed.name, seed]));
  return { buildable, generated, sources, disabled, macros: declared.macros };
}

/** The node that a reference names; what is unknown or disabled is reported. */
export function resolve(
  text: ReferenceText,
  span: Span,
  index: NodeIndex,
  report: Report,
): Reference | undefined {
  return text.kind === 'ref'
    ? resolveRef(text.name, span, index, report)
    : resolveSource(text.source, text.table, span, index, report);
}

function resolveRef(name: string, span: Span, index: NodeIndex, report: Report): Reference | undefined {
  const node = index.buildable.get(name);
  if (node !== undefined) return { uniqueId: node.uniqueId, span };
  const disabled = index.disabled.get(name);
  const generated = index.generated.get(name);
  if (disabled !== undefined) report(catalogue.disabledModel({ name, span, disabledAt: disabled.span }));
  else if (generated !== undefined)
    report(catalogue.refToGeneratedSeed({ name, source: landedSourceOf(name, index), span }));
  else report(catalogue.unknownModel({ name, candidates: index.buildable.keys(), span }));
  return undefined;
}

function landedSourceOf(table: string, index: NodeIndex): string {
  return [...index.sources.values()].find((source) => source.landed === table)?.sourceName ?? 'raw';
}

function resolveSource(
  source: string,
  table: string,
  span: Span,
  index: NodeIndex,
  report: Report,
): Reference | undefined {
  const key = `${source}.${table}`;
  const node = index.sources.get(key);
  if (node !== undefined) return { uniqueId: node.uniqueId, span };
  const disabled = index.disabled.get(key);
  if (disabled !== undefined) {
    report(catalogue.disabledModel({ name: key, span, disabledAt: disabled.span }));
    return undefined;
  }
  const all = [...index.sources.values()];
  const tables = all.filter((one) => one.sourceName === source).map((one) => one.name);
  report(catalogue.unknownSource({ source, table, sources: all.map((one) => one.sourceName), tables, span }));
  return undefined;
}

/** Resolves references in order; each node once, at its first place. */
export function resolveAll(
  references: readonly PlacedReference[],
  index: NodeIndex,
  report: Report,
): readonly Reference[] {
  return distinctReferences(
    references.flatMap((text) => resolve(text, text.span, index, withRelated(text.related, report)) ?? []),
  );
}

function withRelated(related: readonly RelatedPlace[] | undefined, report: Report): Report {
  if (related === undefined) return report;
  return (diagnostic) => report({ ...diagnostic, related: [...(diagnostic.related ?? []), ...related] });
}

/** References with each node once, at its first place. */
export function distinctReferences(references: readonly Reference[]): Reference[] {
  const found = new Map<string, Reference>();
  for (const reference of references)
    if (!found.has(reference.uniqueId)) found.set(reference.uniqueId, reference);
  return [...found.values()];
}
