import * as catalogue from '../diagnostic/catalogue/manifest.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Project } from '../project/project.ts';
import type { NodeConfig } from './config.ts';
import type { BuildableNode } from './node.ts';

type Placed = Pick<Project, 'target' | 'environment'>;

/** The schema that an environment publishes in: `analytics`, `analytics__pr_42`, with a custom schema `analytics__pr_42_x`. */
function publishedSchema({ target, environment }: Placed, custom?: string): string {
  const own = environment === 'default' ? target.schema : `${target.schema}__${environment}`;
  return custom === undefined ? own : `${own}_${custom}`;
}

/** The schema of landed tables, which all environments share. */
export function landedSchema({ target }: Pick<Project, 'target'>): string {
  return `${target.schema}__raw`;
}

/** The relation that a model or seed is published as. */
export function publishedRelation(project: Placed, name: string, config: NodeConfig): Relation {
  return { schema: publishedSchema(project, config.schema), name: config.alias ?? name };
}

/**
 * Reports each schema whose name the warehouse would cut: two environments might end up in one, or a store where nobody looks
 * for it. `__store` is what the store's schema has behind the published one's name.
 */
export function checkSchemaLengths(
  nodes: readonly BuildableNode[],
  project: Placed,
  { identifierBytes }: Pick<Dialect, 'identifierBytes'>,
  report: Report,
): void {
  const own = [`${publishedSchema(project)}__store`, landedSchema(project)];
  const custom = nodes.flatMap(({ config }) =>
    config.schema === undefined ? [] : publishedSchema(project, config.schema),
  );
  for (const schema of new Set([...own, ...custom])) {
    const bytes = Buffer.byteLength(schema);
    if (bytes > identifierBytes) report(catalogue.longSchema({ schema, bytes, identifierBytes }));
  }
}

/** Reports each custom schema that some other environment would have under the name of this one's own schema. */
export function checkPublishedSchemas(
  nodes: readonly BuildableNode[],
  { environment }: Pick<Project, 'environment'>,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const { config, span } of nodes) {
    const custom = config.schema;
    if (custom === undefined || seen.has(custom) || !environment.endsWith(`_${custom}`)) continue;
    seen.add(custom);
    report(catalogue.sharedSchema({ environment, custom, span }));
  }
}

/** Reports nodes whose published names are one name to the warehouse, which folds case and cuts long names. */
export function checkPublishedNames(
  nodes: readonly BuildableNode[],
  dialect: Pick<Dialect, 'fold'>,
  report: Report,
): void {
  const taken = new Map<string, BuildableNode>();
  for (const node of nodes) {
    if (node.config.materialized === 'ephemeral') continue;
    const relation = `${dialect.fold(node.relation.schema)}.${dialect.fold(node.relation.name)}`;
    const other = taken.get(relation);
    if (other === undefined) taken.set(relation, node);
    else
      report(
        catalogue.collidingRelations({
          name: node.name,
          other: other.name,
          relation,
          span: node.span,
          otherSpan: other.span,
        }),
      );
  }
}
