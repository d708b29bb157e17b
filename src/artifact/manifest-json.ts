import type { Dialect } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Node, SourceNode, UnitTestNode } from '../manifest/node.ts';
import type { CompiledFiles } from './compiled-files.ts';
import { dbtMacros } from './dbt-macro.ts';
import { dbtMetadata, type Invocation } from './dbt-metadata.ts';
import { type DbtContext, dbtNode, dbtSource } from './dbt-node.ts';
import { dbtUnitTest } from './dbt-unit-test.ts';

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
  yield* keyed('nodes', nodes.filter(isUnderNodes), (node) => dbtNode(node, context));
  yield* keyed('sources', nodes.filter(isSource), (node) => dbtSource(node, context));
  yield* keyed('unit_tests', nodes.filter(isUnitTest), (node) => dbtUnitTest(node, manifest));
  yield* keyed('parent_map', nodes, (node) => [...dag.parents(node.uniqueId)].sort());
  yield* keyed('child_map', nodes, (node) => [...dag.children(node.uniqueId)].sort());
  yield `,"macros":${JSON.stringify(dbtMacros(manifest))}`;
  for (const key of EMPTY) yield `,"${key}":{}`;
  yield '}';
}

/** What dbt's manifest has and a project here has not. */
const EMPTY = [
  ...['docs', 'exposures', 'metrics', 'groups', 'selectors', 'disabled', 'group_map'],
  ...['saved_queries', 'semantic_models'],
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

function isUnitTest(node: Node): node is UnitTestNode {
  return node.resourceType === 'unit_test';
}

function isUnderNodes(node: Node): node is Exclude<Node, SourceNode | UnitTestNode> {
  return !isSource(node) && !isUnitTest(node);
}
