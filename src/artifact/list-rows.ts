import type { Dag } from '../manifest/dag.ts';
import type { Node } from '../manifest/node.ts';
import type { Selection } from '../manifest/select.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import { dbtConfig } from './dbt-config.ts';

/** A row of `model ls`, under the keys of dbt's `ls --output json`. */
export interface ListRow {
  readonly name: string;
  readonly resource_type: Node['resourceType'];
  readonly unique_id: string;
  readonly package_name: string;
  readonly original_file_path: string;
  readonly source_name?: string;
  readonly alias?: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly depends_on: { readonly nodes: readonly string[] };
}

/** The selected nodes as rows, in topological order. */
export function listRows(dag: Dag, selection: Selection): readonly ListRow[] {
  return selectedNodes(dag, selection).map((node) => ({
    name: node.name,
    resource_type: node.resourceType,
    unique_id: node.uniqueId,
    package_name: dag.manifest.project.name,
    original_file_path: node.path,
    ...(node.resourceType === 'source' ? { source_name: node.sourceName } : {}),
    ...(node.resourceType === 'model' || node.resourceType === 'seed' ? { alias: node.relation.name } : {}),
    description: node.description,
    tags: node.tags,
    config: dbtConfig(node),
    depends_on: { nodes: [...dag.parents(node.uniqueId)].sort() },
  }));
}

/** The selected nodes as `model ls` prints them, one a line, each a selector as in dbt: `shop.marts.daily`, `source:shop.raw.users`. */
export function listText(dag: Dag, selection: Selection): string {
  return selectedNodes(dag, selection)
    .map((node) => `${selectorOf(node)}\n`)
    .join('');
}

/** Rows as one JSON array, a row a line. */
export function listJson(rows: readonly ListRow[]): string {
  return rows.length === 0 ? '[]' : `[\n  ${rows.map((row) => JSON.stringify(row)).join(',\n  ')}\n]`;
}

/** The flat columns of the rows, for CSV. */
export function listTable(rows: readonly ListRow[]): QueryResult {
  const columns = ['name', 'resource_type', 'unique_id', 'package_name', 'original_file_path', 'tags'];
  return {
    columns: columns.map((name) => ({ name, type: 'varchar' })),
    rows: rows.map(({ name, resource_type, unique_id, package_name, original_file_path, tags }) => ({
      name,
      resource_type,
      unique_id,
      package_name,
      original_file_path,
      tags: tags.join(' '),
    })),
  };
}

function selectedNodes({ manifest }: Dag, selection: Selection): readonly Node[] {
  return [...selection.nodes].flatMap((uniqueId) => manifest.nodes.get(uniqueId) ?? []);
}

function selectorOf(node: Node): string {
  if (node.resourceType !== 'source') return node.fqn.join('.');
  return `source:${node.fqn[0] ?? ''}.${node.sourceName}.${node.name}`;
}
