import { foreignRelation, versionVanished, viewsInTheWay } from '../diagnostic/catalogue/store.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { RelationCatalog } from './catalog.ts';
import type { DependentViews } from './dependent-views.ts';
import { readMarker } from './marker.ts';
import type { PublishStep } from './publish-decision.ts';
import { takesAway } from './published-relation.ts';
import { nextTable, oldTable } from './table-copy.ts';

/** What publishing finds before it takes a step. */
export interface Surroundings {
  readonly catalog: RelationCatalog;
  readonly dependents: DependentViews;
}

/** Why a step cannot be taken: a name that is somebody else's, a version that is gone, views that stand in the way. */
export function stepRefusals(
  dialect: Dialect,
  step: PublishStep,
  { catalog, dependents }: Surroundings,
): readonly Diagnostic[] {
  return [...nameRefusals(dialect, step, catalog), ...viewRefusals(dialect, step, catalog, dependents)];
}

function nameRefusals(
  dialect: Dialect,
  { before, after, change, adopt }: PublishStep,
  catalog: RelationCatalog,
): Diagnostic[] {
  if (after === undefined || change === 'retired') return [];
  const { uniqueId, relation, version } = after;
  const refused: Diagnostic[] = [];
  const found = catalog.find(relation);
  if (found !== undefined && found.kind !== before?.publish && !adopt) {
    refused.push(foreign(dialect, relation, found.kind, uniqueId));
  }
  for (const [helper, role] of [
    [nextTable(dialect, after), 'next'],
    [oldTable(dialect, relation), 'old'],
  ] as const) {
    const taken = after.publish === 'table' || before?.publish === 'table' ? catalog.find(helper) : undefined;
    if (taken === undefined || readMarker(taken.comment)?.role === role) continue;
    refused.push(foreign(dialect, helper, taken.kind, uniqueId));
  }
  if (catalog.find(version) === undefined) {
    refused.push(versionVanished({ version: dialect.relation(version), node: uniqueId }));
  }
  return refused;
}

function viewRefusals(
  dialect: Dialect,
  step: PublishStep,
  catalog: RelationCatalog,
  dependents: DependentViews,
): Diagnostic[] {
  const entry = step.after ?? step.before;
  const views = entry === undefined ? [] : dependents(entry.relation);
  if (entry === undefined || views.length === 0 || !takesAway(dialect, step, catalog)) return [];
  const relation = dialect.relation(entry.relation);
  return [viewsInTheWay({ node: entry.uniqueId, relation, views: views.map(dialect.relation) })];
}

function foreign(dialect: Dialect, relation: Relation, kind: string, node: string): Diagnostic {
  return foreignRelation({ relation: dialect.relation(relation), kind, node });
}
