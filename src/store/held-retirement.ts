import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readDependentViews } from './dependent-views.ts';
import type { PublishPlan } from './publish-plan.ts';

/** A retired relation whose time is over, and the views that people have built on it, which would lose it. */
export interface HeldRetirement {
  readonly relation: Relation;
  readonly views: readonly Relation[];
}

/** A plan without the removals that views of people stand in the way of, which are no reason not to publish the rest. */
export async function withoutHeld(
  session: Session,
  dialect: Dialect,
  plan: PublishPlan,
): Promise<{ readonly plan: PublishPlan; readonly held: readonly HeldRetirement[] }> {
  const removed = plan.retired.filter(({ remove }) => remove).map(({ relation }) => relation);
  const dependents = await readDependentViews(
    session,
    dialect,
    removed.map(({ schema }) => schema),
  );
  const held = removed
    .map((relation) => ({ relation, views: dependents(relation) }))
    .filter(({ views }) => views.length > 0);
  const kept = new Set(held.map(({ relation }) => relation));
  return { plan: { ...plan, retired: plan.retired.filter(({ relation }) => !kept.has(relation)) }, held };
}
