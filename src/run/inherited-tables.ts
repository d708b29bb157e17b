import type { StoreState } from '../store/store-state.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import { sourcesBehind } from './sources-behind.ts';

/** The names of the tables that a run reuses of one that broke off, although what they are made from may have changed since. */
export function inheritedTables(
  { run, live }: Pick<PlanInput, 'run' | 'live'>,
  plan: Plan,
  { inheritedTokens }: Pick<StoreState, 'inheritedTokens'>,
): readonly string[] {
  const inherits = (id: string) => plan.tokens[id] !== undefined && inheritedTokens.has(id);
  return [...plan.nodes.values()].flatMap((step) => {
    if (step.kind === 'build' || step.version.kind === 'view') return [];
    const { uniqueId, name } = step.node;
    const madeWith = [
      uniqueId,
      ...(step.compiled?.reads ?? []),
      ...sourcesBehind(run.dag, live, uniqueId).keys(),
    ];
    return madeWith.some(inherits) ? [name] : [];
  });
}
