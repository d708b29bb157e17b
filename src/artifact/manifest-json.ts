import type { Dialect } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Node, SourceNode } from '../manifest/node.ts';
import type { CompiledFiles } from './compiled-files.ts';
import { dbtMetadata, type Invocation } from './dbt-metadata.ts';
import { type DbtContext, dbtNode, dbtSource } from './dbt-node.ts';

/**
 * `manifest.json` after dbt's schema v12, so that its ecosystem can read a project. Entries stand in the order of
 * unique ids; two commands on one project differ in `metadata` only. Nodes that were compiled carry their SQL.
 * The text comes in pieces, so that a large project's is never held as a whole.
 */
export function* manifestJson(
  dag: Dag,
  compiled: CompiledFiles,
  dialect: Dialect,
  invocation: Invocation,
): Generator<string> {
  const { manifest } = dag;
  const context: DbtContext = { manifest, dialect, compiled };
  const nodes = [...manifest.nodes.values()].sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1));
  const metadata = {
    ...dbtMetadata('manifest/v12', invocation),
    project_name: manifest.project.name,
    adapter_type: manifest.project.target.adapter,
  };
  yield `{"metadata":${JSON.stringify(metadata)}`;
  yield* keyed('nodes', nodes.filter(isNoSource), (node) => dbtNode(node, context));
  yield* keyed('sources', nodes.filter(isSource), (node) => dbtSource(node, context));
  yield* keyed('parent_map', nodes, (node) => [...dag.parents(node.uniqueId)].sort());
  yield* keyed('child_map', nodes, (node) => [...dag.children(node.uniqueId)].sort());
  for (const key of EMPTY) yield `,"${key}":{}`;
  yield '}';
}

/** What dbt's manifest has and a project here has not. */
const EMPTY = [
  ...['macros', 'docs', 'exposures', 'metrics', 'groups', 'selectors', 'disabled', 'group_map'],
  ...['saved_queries', 'semantic_models', 'unit_tests'],
];

function* keyed<N extends Node>(
  key: string,
  nodes: readonly N[],
  describe: (node: N) => object,
): Generator<string> {
  yield `,"${key}":{`;
  let comma = '';
  for (const node of nodes) {
    yield `${comma}${JSON.stringify(node.uniqueId)}:`;
    yield JSON.stringify(describe(node));
    comma = ',';
  }
  yield '}';
}

function isSource(node: Node): node is SourceNode {
  return node.resourceType === 'source';
}

function isNoSource(node: Node): node is Exclude<Node, SourceNode> {
  return !isSource(node);
}
