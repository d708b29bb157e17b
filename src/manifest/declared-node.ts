import { posix } from 'node:path';
import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';
import { isSchemaName } from '../project/name.ts';
import type { FolderConfig, Project, ProjectFile } from '../project/project.ts';
import { readColumns } from './columns.ts';
import type { NodeConfig } from './config.ts';
import { type ConfigLayer, folderLayers, yamlLayer } from './config-layer.ts';
import { labels, mergeConfig, nodeConfig } from './config-precedence.ts';
import type { BuildableNode, ModelNode } from './node.ts';
import type { PropertiesEntry } from './properties-file.ts';
import type { ModelProperties, SeedProperties } from './properties-schema.ts';
import { publishedRelation } from './published-relation.ts';
import { checkEncodings } from './storage-config.ts';

/** What a model and a static seed have in common once their configs are merged. */
export type DeclaredNode = Pick<
  ModelNode,
  | 'uniqueId'
  | 'name'
  | 'path'
  | 'fqn'
  | 'description'
  | 'tags'
  | 'meta'
  | 'span'
  | 'source'
  | 'config'
  | 'columns'
  | 'relation'
> & {
  /** Where `enabled: false` takes it out. */
  readonly disabledAt: Span | undefined;
};

const NAME = /^[A-Za-z]\w*$/;
/** Publishing a table passes through `daily__next` and `daily__old`. */
const TAKEN = /__(old|next)$/i;

/** Brings a file together with its folders' configs, its properties and its own configs. */
export function declareNode(
  resourceType: BuildableNode['resourceType'],
  file: ProjectFile,
  own: ConfigLayer,
  entry: PropertiesEntry<ModelProperties | SeedProperties> | undefined,
  folders: FolderConfig,
  project: Project,
  report: Report,
): DeclaredNode {
  const name = nameOf(file);
  const span = spanAt(file.source, 0);
  if (!isNodeName(name)) report(catalogue.badName({ what: resourceType, name, span }));
  const merged = mergeConfig([...folderLayers(folders, [...file.folders, name]), ...entryLayers(entry), own]);
  const config = grantedAt(project.target, nodeConfig(merged, resourceType));
  checkPlacement(config, merged, report);
  const columns = readColumns(entry, report);
  if (resourceType === 'model') checkEncodings(merged, columns, report);
  return {
    uniqueId: `${resourceType}.${project.name}.${name}`,
    name,
    path: file.path,
    fqn: [project.name, ...file.folders, name],
    description: entry?.value.description ?? '',
    ...labels(merged),
    span,
    source: file.source,
    config,
    columns,
    relation: publishedRelation(project, name, config),
    disabledAt: config.enabled ? undefined : merged['enabled']?.span,
  };
}

/** The name of what a file holds: its own without the extension. */
export function nameOf(file: ProjectFile): string {
  return posix.basename(file.path, posix.extname(file.path));
}

/** Configs of an entry: tags and meta may stand beside its name. */
export function entryLayers(
  entry:
    | PropertiesEntry<Pick<ModelProperties, 'tags' | 'meta'> & { readonly config?: object | undefined }>
    | undefined,
): ConfigLayer[] {
  if (entry === undefined) return [];
  const { tags, meta, config } = entry.value;
  return [
    yamlLayer({ tags, meta }, entry.path, entry.yaml),
    yamlLayer(config as Record<string, unknown> | undefined, [...entry.path, 'config'], entry.yaml),
  ];
}

function grantedAt({ withoutGrants }: Project['target'], config: NodeConfig): NodeConfig {
  return withoutGrants === true ? { ...config, grants: {} } : config;
}

function isNodeName(name: string): boolean {
  return NAME.test(name) && !TAKEN.test(name);
}

function checkPlacement(config: NodeConfig, merged: ConfigLayer, report: Report): void {
  const schema = merged['schema'];
  if (schema !== undefined && !isSchemaName(String(schema.value)))
    report(catalogue.badCustomSchema({ schema: String(schema.value), span: schema.span }));
  const alias = merged['alias'];
  if (alias !== undefined && !isNodeName(config.alias ?? ''))
    report(catalogue.badName({ what: 'published relation', name: String(alias.value), span: alias.span }));
}
