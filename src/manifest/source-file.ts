import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { readColumns } from './columns.ts';
import { yamlLayer } from './config-layer.ts';
import { labels, mergeConfig } from './config-precedence.ts';
import type { DisabledNode } from './manifest.ts';
import type { SourceNode, SourceToken } from './node.ts';
import type { PropertiesEntry } from './properties-file.ts';
import type { SourceProperties, SourceTableProperties } from './properties-schema.ts';
import { landedSchema } from './published-relation.ts';
import { readFreshness } from './source-freshness.ts';

/** A source table as declared; `disabled` where `enabled: false` takes it out. */
export interface DeclaredSource {
  readonly node: SourceNode;
  readonly table: PropertiesEntry<SourceTableProperties>;
  readonly disabled: DisabledNode | undefined;
}

/** The source that "model load" fills unless it says otherwise. */
const LANDED_SOURCE = 'raw';

/** The tables of the declared sources; one that is declared twice is reported. */
export function readSources(
  entries: readonly PropertiesEntry<SourceProperties>[],
  project: Project,
  report: Report,
): DeclaredSource[] {
  const found = new Map<string, DeclaredSource>();
  for (const entry of entries) {
    for (const [index, value] of entry.value.tables.entries()) {
      const path = [...entry.path, 'tables', index];
      const table = { ...entry, value, path, span: entry.yaml.spanAt([...path, 'name']) };
      const declared = readTable(entry, table, project, report);
      const other = found.get(declared.node.uniqueId);
      if (other === undefined) found.set(declared.node.uniqueId, declared);
      else {
        const name = `${entry.value.name}.${value.name}`;
        report(
          catalogue.duplicateName({ what: 'source tables', name, span: table.span, other: other.table.span }),
        );
      }
    }
  }
  return [...found.values()];
}

function readTable(
  source: PropertiesEntry<SourceProperties>,
  table: PropertiesEntry<SourceTableProperties>,
  project: Project,
  report: Report,
): DeclaredSource {
  const sourceName = source.value.name;
  const name = table.value.name;
  const uniqueId = `source.${project.name}.${sourceName}.${name}`;
  const config = mergeConfig([source, table].flatMap((entry) => layersOf(entry)));
  const landed = table.value.landed ?? source.value.landed ?? sourceName === LANDED_SOURCE;
  if (landed && source.value.schema !== undefined) {
    const span = source.yaml.spanAt([...source.path, 'schema']);
    report(catalogue.schemaOfLanded({ source: sourceName, schema: landedSchema(project), span }));
  }
  const columns = readColumns(table, report);
  const node: SourceNode = {
    resourceType: 'source',
    uniqueId,
    name,
    sourceName,
    path: table.file.path,
    fqn: [project.name, ...table.file.folders, sourceName, name],
    description: table.value.description ?? '',
    ...labels(config),
    span: table.span,
    columns,
    relation: {
      schema: landed ? landedSchema(project) : (source.value.schema ?? sourceName),
      name: table.value.identifier ?? name,
    },
    landed: landed ? name : undefined,
    token: landed ? undefined : readToken(source, table, report),
    freshness: readFreshness({ source, table, landed: landed ? name : undefined, columns }, report),
  };
  const off = config['enabled']?.value === false ? config['enabled'].span : undefined;
  return { node, table, disabled: off === undefined ? undefined : { uniqueId, name, span: off } };
}

function layersOf(entry: PropertiesEntry<SourceProperties | SourceTableProperties>) {
  const { tags, meta, config } = entry.value;
  return [
    yamlLayer({ tags, meta }, entry.path, entry.yaml),
    yamlLayer(config, [...entry.path, 'config'], entry.yaml),
  ];
}

function readToken(
  source: PropertiesEntry<SourceProperties>,
  table: PropertiesEntry<SourceTableProperties>,
  report: Report,
): SourceToken | undefined {
  const appendOnly = table.value.append_only ?? source.value.append_only ?? false;
  const loadedAtField = [table, source]
    .flatMap(({ value }) => [value.config?.loaded_at_field, value.loaded_at_field])
    .find((field) => field !== undefined);
  if (appendOnly && loadedAtField !== undefined) return { kind: 'append_only', loadedAtField };
  if (appendOnly) report(catalogue.appendOnlyWithoutField({ name: table.value.name, span: table.span }));
  return (table.value.token ?? source.value.token) === 'checksum' ? { kind: 'checksum' } : undefined;
}
