import { viewsInTheWay } from '../diagnostic/catalogue/store.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { BuildableNode, ColumnProperties } from '../manifest/node.ts';
import { isBoundLate } from '../manifest/storage-config.ts';
import { relationId } from '../store/catalog.ts';
import type { PublicationEntry } from '../store/publication.ts';
import { takesAway } from '../store/published-relation.ts';
import type { Version } from '../store/version.ts';
import type { PlanInput } from './plan-run.ts';

/** What is published of a node that has this version. */
export function entryFor(
  dialect: Dialect,
  node: BuildableNode,
  version: Version,
): Omit<PublicationEntry, 'retiredAt'> {
  const declared = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  return {
    uniqueId: node.uniqueId,
    relation: node.relation,
    version: version.relation,
    key: version.key,
    publish: node.config.publish,
    columns: version.columns.map(({ name, type }) => {
      const properties = declared.get(name.toLowerCase());
      return {
        name,
        type: pinnedType(dialect, properties) ?? type,
        description: properties?.description ?? '',
      };
    }),
    description: node.description,
    grants: node.config.grants['select'] ?? [],
    storage: { ...node.config.storage, ...(isBoundLate(node.config, dialect) && { lateBinding: true }) },
  };
}

/** The declared type of a column, which its published relation keeps whatever the query makes of it. */
function pinnedType(dialect: Dialect, column: ColumnProperties | undefined): string | undefined {
  const type = parseColumnType(column?.dataType ?? '');
  return type === undefined ? undefined : dialect.type(type);
}

/** Why a version cannot be published where people's own views stand: they would lose the relation that is there. */
export function viewsLosing(
  { run, state, live, dependents }: PlanInput,
  node: BuildableNode,
  version: Version,
): Diagnostic | undefined {
  const { dialect } = run.warehouse;
  const views = dependents(node.relation);
  if (views.length === 0 || (live.has(node.uniqueId) && !run.options.publishLive)) return undefined;
  const id = relationId(dialect, node.relation);
  const after = { ...entryFor(dialect, node, version), retiredAt: null };
  const before = state.own.publication?.entries.get(id);
  const step = { id, before, after, change: 'changed' as const, adopt: false };
  if (!takesAway(dialect, step, state.catalog)) return undefined;
  const relation = dialect.relation(node.relation);
  return viewsInTheWay({ node: node.uniqueId, relation, views: views.map(dialect.relation) });
}

/** Throws a DiagnosticError where a version that was built just now cannot be published for `viewsLosing`. */
export function refuseLosingViews(input: PlanInput, node: BuildableNode, version: Version): void {
  const refusal = viewsLosing(input, node, version);
  if (refusal !== undefined) throw new DiagnosticError([refusal]);
}
