import { nonDeterministic } from '../diagnostic/catalogue/compile.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Token } from '../dialect/token.ts';
import type { DataTestNode, ModelNode } from '../manifest/node.ts';
import { markedRelations } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import { checkRelations } from './check-relations.ts';
import { checkStatement } from './check-statement.ts';
import type { Compilation } from './compilation.ts';
import type { CompiledNode } from './compiled-node.ts';
import { describeNode } from './describe-node.ts';
import { commonTableName, writeOut } from './ephemeral.ts';
import { checkLateBinding } from './late-binding.ts';
import type { EphemeralQuery, Query } from './query.ts';
import { markerId, queryBody } from './query-body.ts';
import { neededAliases } from './relation-alias.ts';
import { renderTemplate } from './render.ts';
import { sqlPlace } from './sql-place.ts';

/** Makes a compiled node of rendered SQL: checked, ephemeral models inlined. Undefined when a mistake was reported. */
export function compileSql<N extends ModelNode | DataTestNode>(
  compilation: Compilation,
  node: N,
  rendered: MappedText,
): CompiledNode<N> | undefined {
  return compiledNode(node, queryOf(compilation, node, rendered));
}

/** Compiles one model from its template. Undefined when a mistake was reported. */
export function compileModel(compilation: Compilation, node: ModelNode): CompiledNode<ModelNode> | undefined {
  if (node.config.materialized === 'ephemeral') return compiledNode(node, ephemeralQuery(compilation, node));
  const rendered = renderTemplate(compilation, node, node.source);
  return rendered === undefined ? undefined : compileSql(compilation, node, rendered);
}

function compiledNode<N extends ModelNode | DataTestNode>(
  node: N,
  query: Query | undefined,
): CompiledNode<N> | undefined {
  if (query === undefined) return undefined;
  const { text: sql, map } = writeOut(query);
  return { node, sql, map, reads: markedRelations(sql), nondeterminism: query.nondeterminism };
}

/** Checks rendered SQL, and names the ephemeral models in it. */
function queryOf(
  compilation: Compilation,
  node: ModelNode | DataTestNode,
  rendered: MappedText,
): Query | undefined {
  const { dialect, report } = compilation;
  const text = { what: describeNode(node), map: rendered.map, span: node.span };
  const tokens = checkStatement({ ...text, tokens: dialect.tokenize(rendered.text) }, report);
  if (tokens === undefined) return undefined;
  const canonical = canonicalTokens(tokens);
  if (!checkRelations(compilation, { ...text, tokens: canonical })) return undefined;
  if (!checkLateBinding(compilation, node, canonical, rendered.map)) return undefined;
  const doubts = dialect.nondeterminism(canonical, compilation.deterministicFunctions);
  const reasons = doubts.map(({ reason }) => reason);
  const [first] = doubts;
  if (first !== undefined) {
    const place = sqlPlace(rendered.map.originAt(first.at.start), node.span);
    report(nonDeterministic({ what: text.what, reasons, ...place }));
  }
  const read = ephemeralsIn(compilation, canonical);
  if (read === undefined) return undefined;
  const aliases = neededAliases(canonical, (marker) => publishedName(compilation, marker), dialect);
  return { ...queryBody(rendered, tokens, canonical, read, aliases), ...inlined(read, reasons) };
}

/** The ephemeral models that a query names, by unique id; undefined if one of them has mistakes. */
function ephemeralsIn(
  compilation: Compilation,
  tokens: readonly Token[],
): ReadonlyMap<string, EphemeralQuery> | undefined {
  const read = new Map<string, EphemeralQuery>();
  for (const token of tokens) {
    const node = token.kind === 'relation' ? compilation.manifest.nodes.get(markerId(token)) : undefined;
    if (node?.resourceType !== 'model' || node.config.materialized !== 'ephemeral') continue;
    const query = ephemeralQuery(compilation, node);
    if (query === undefined) return undefined;
    read.set(node.uniqueId, { node, name: commonTableName(node.name, compilation.dialect), query });
  }
  return read;
}

/** The query of an ephemeral model, compiled once in a pass. */
function ephemeralQuery(compilation: Compilation, node: ModelNode): Query | undefined {
  const { ephemerals } = compilation;
  if (!ephemerals.has(node.uniqueId)) {
    const rendered = renderTemplate(compilation, node, node.source);
    ephemerals.set(node.uniqueId, rendered === undefined ? undefined : queryOf(compilation, node, rendered));
  }
  return ephemerals.get(node.uniqueId);
}

function publishedName({ manifest }: Compilation, marker: Token): string | undefined {
  const node = manifest.nodes.get(markerId(marker));
  return node !== undefined && 'relation' in node ? node.relation.name : undefined;
}

/** What a query takes over from the ephemeral models that it reads. */
function inlined(
  read: ReadonlyMap<string, EphemeralQuery>,
  reasons: readonly string[],
): Pick<Query, 'ephemerals' | 'nondeterminism'> {
  const ephemerals = new Map<string, EphemeralQuery>();
  for (const [uniqueId, ephemeral] of read) {
    for (const below of ephemeral.query.ephemerals) ephemerals.set(below.node.uniqueId, below);
    ephemerals.set(uniqueId, ephemeral);
  }
  const below = [...read.values()].flatMap(({ query }) => query.nondeterminism);
  return {
    ephemerals: [...ephemerals.values()],
    nondeterminism: [...new Set([...reasons, ...below])],
  };
}
