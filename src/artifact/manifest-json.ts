import type { Dialect } from '../dialect/dialect.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Node, SourceNode } from '../manifest/node.ts';
import type { CompiledFiles } from './compiled-files.ts';
import { dbtMetadata, type Invocation } from './dbt-metadata.ts';
import { type DbtContext, dbtNode, dbtSource } from './dbt-node.ts';

/**
 * `manifest.json` after dbt's schema v12, so that its ecosystem can read a project. Entries stand in the order of
 * unique ids; two commands on one project differ in `metadata` only. Nodes that were compiled carry their SQL.
 */
export function manifestJson(
  dag: Dag,
  compiled: CompiledFiles,
  dialect: Dialect,
  invocation: Invocation,
): string {
  const { manifest } = dag;
  const context: DbtContext = { manifest, dialect, compiled };
  const nodes = [...manifest.nodes.values()].sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1));
  return JSON.stringify({
    metadata: {
      ...dbtMetadata('manifest/v12', invocation),
      project_name: manifest.project.name,
      adapter_type: manifest.project.target.adapter,
    },
    nodes: keyed(nodes.filter(isNoSource), (node) => dbtNode(node, context)),
    sources: keyed(nodes.filter(isSource), (node) => dbtSource(node, context)),
    macros: {},
    docs: {},
    exposures: {},
    metrics: {},
    groups: {},
    selectors: {},
    disabled: {},
    parent_map: keyed(nodes, (node) => [...dag.parents(node.uniqueId)].sort()),
    child_map: keyed(nodes, (node) => [...dag.children(node.uniqueId)].sort()),
    group_map: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: {},
  });
}

function keyed<N extends Node, T>(
  nodes: readonly N[],
  describe: (node: N) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(nodes.map((node) => [node.uniqueId, describe(node)]));
}

function isSource(node: Node): node is SourceNode {
  return node.resourceType === 'source';
}

function isNoSource(node: Node): node is Exclude<Node, SourceNode> {
  return !isSource(node);
}
