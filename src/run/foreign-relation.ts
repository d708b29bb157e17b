import { foreignRelation } from '../diagnostic/catalogue/store.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { relationId } from '../store/catalog.ts';
import type { StoreState } from '../store/store-state.ts';
import type { Plan } from './plan.ts';
import type { RunInput } from './run-input.ts';

/**
 * Reports, before anything is built, every planned node whose published name is held by a relation that modelwright did not
 * make, unless it is to be adopted. Publishing looks again.
 */
export function refuseForeignRelations(
  { warehouse, options }: Pick<RunInput, 'warehouse' | 'options'>,
  plan: Plan,
  state: StoreState,
  report: Report,
): void {
  const { dialect } = warehouse;
  for (const { node } of plan.nodes.values()) {
    const found = state.catalog.find(node.relation);
    const published = state.own.publication?.entries.get(relationId(dialect, node.relation));
    if (found === undefined || found.kind === published?.publish || options.adopt.has(node.name)) continue;
    report(
      foreignRelation({ relation: dialect.relation(node.relation), kind: found.kind, node: node.uniqueId }),
    );
  }
}
