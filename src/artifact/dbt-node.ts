import { hash } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type {
  ColumnProperties,
  DataTestNode,
  GeneratedSeedNode,
  ModelNode,
  Node,
  Reference,
  SeedNode,
  SourceNode,
  UnitTestNode,
} from '../manifest/node.ts';
import type { CompiledFiles } from './compiled-files.ts';
import { dbtConfig } from './dbt-config.ts';
import { dbtFreshness } from './dbt-freshness.ts';
import { macrosOf } from './dbt-macro.ts';
import { dbtTestFields } from './dbt-test.ts';

/** What nodes are described with. */
export interface DbtContext {
  readonly manifest: Manifest;
  readonly dialect: Dialect;
  readonly compiled: CompiledFiles;
}

/** A node under `nodes` of dbt's manifest. A generated seed is a seed without a relation there. */
export function dbtNode(node: Exclude<Node, SourceNode | UnitTestNode>, context: DbtContext) {
  switch (node.resourceType) {
    case 'model':
      return modelEntry(node, context);
    case 'seed':
      return seedEntry(node, context);
    case 'generated_seed':
      return generatedSeedEntry(node, context);
    case 'test':
      return testEntry(node, context);
  }
}

/** A table under `sources` of dbt's manifest. */
export function dbtSource(node: SourceNode, context: DbtContext) {
  return {
    ...commonFields(node, context),
    schema: node.relation.schema,
    resource_type: 'source',
    source_name: node.sourceName,
    source_description: '',
    loader: '',
    identifier: node.relation.name,
    columns: columnEntries(node.columns),
    relation_name: context.dialect.relation(node.relation),
    ...dbtFreshness(node),
  };
}

function modelEntry(node: ModelNode, context: DbtContext) {
  return {
    ...commonFields(node, context),
    ...sqlFields(node, context),
    resource_type: 'model',
    schema: node.relation.schema,
    alias: node.relation.name,
    checksum: { name: 'sha256', checksum: hash('sha256', node.source.text) },
    columns: columnEntries(node.columns),
    raw_code: node.source.text,
    relation_name: node.config.materialized === 'ephemeral' ? null : context.dialect.relation(node.relation),
  };
}

function seedEntry(node: SeedNode, context: DbtContext) {
  return {
    ...commonFields(node, context),
    resource_type: 'seed',
    schema: node.relation.schema,
    alias: node.relation.name,
    checksum: { name: 'sha256', checksum: node.sha256 },
    columns: columnEntries(node.columns),
    depends_on: { macros: [] },
    relation_name: context.dialect.relation(node.relation),
  };
}

function generatedSeedEntry(node: GeneratedSeedNode, context: DbtContext) {
  return {
    ...commonFields(node, context),
    resource_type: 'seed',
    schema: context.manifest.project.target.schema,
    alias: node.name,
    checksum: { name: 'sha256', checksum: node.sha256 },
    depends_on: { macros: [] },
    relation_name: null,
  };
}

function testEntry(node: DataTestNode, context: DbtContext) {
  return {
    ...commonFields(node, context),
    ...sqlFields(node, context),
    resource_type: 'test',
    schema: context.manifest.project.target.schema,
    alias: node.name,
    checksum: { name: 'none', checksum: '' },
    raw_code: node.test.kind === 'singular' ? node.test.source.text : '',
    relation_name: null,
    ...dbtTestFields(node, context.manifest),
  };
}

function commonFields(node: Node, { manifest }: DbtContext) {
  return {
    database: null,
    name: node.name,
    package_name: manifest.project.name,
    path: pathBelowRoot(node),
    original_file_path: node.path,
    unique_id: node.uniqueId,
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    meta: node.meta,
    config: dbtConfig(node),
  };
}

/** A model's path without the folder that holds all models, as dbt has it: `staging/stg_events.sql`. */
function pathBelowRoot(node: Node): string {
  if (node.resourceType === 'source') return node.path;
  if (node.resourceType === 'test' && node.test.kind === 'generic') return `${node.name}.sql`;
  const segments = node.path.split('/');
  return segments.slice(Math.max(0, segments.length - (node.fqn.length - 1))).join('/');
}

function sqlFields(node: ModelNode | DataTestNode, { manifest, compiled }: DbtContext) {
  const file = compiled.get(node.uniqueId);
  return {
    language: 'sql',
    refs: node.references.flatMap((reference) => refOf(reference, manifest)),
    sources: node.references.flatMap((reference) => sourceOf(reference, manifest)),
    depends_on: {
      macros: node.resourceType === 'test' ? macrosOf(node, manifest) : [],
      nodes: [...new Set(node.references.map(({ uniqueId }) => uniqueId))],
    },
    ...(file === undefined ? {} : { compiled: true, compiled_path: file.path, compiled_code: file.text }),
  };
}

function refOf({ uniqueId }: Reference, manifest: Manifest) {
  const node = manifest.nodes.get(uniqueId);
  return node === undefined || node.resourceType === 'source'
    ? []
    : [{ name: node.name, package: null, version: null }];
}

function sourceOf({ uniqueId }: Reference, manifest: Manifest) {
  const node = manifest.nodes.get(uniqueId);
  return node?.resourceType === 'source' ? [[node.sourceName, node.name]] : [];
}

function columnEntries(columns: readonly ColumnProperties[]) {
  return Object.fromEntries(
    columns.map(({ name, description, dataType, tags, meta }) => [
      name,
      { name, description, data_type: dataType ?? null, tags, meta },
    ]),
  );
}
