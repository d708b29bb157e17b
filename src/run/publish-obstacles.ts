import { unknownGrantee, viewsInTheWay } from '../diagnostic/catalogue/store.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { addTo } from '../diagnostic/lists-by-key.ts';
import type { BuildableNode } from '../manifest/node.ts';
import { readGrantees, unknownGrantees } from '../store/hidden-grants.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import { viewsLosing } from './published-entry.ts';
import type { RunInput } from './run-input.ts';

/** A session, and the schema of the environment's store. */
interface StorePlace {
  readonly session: Session;
  readonly store: string;
}

/**
 * Reports, before anything is built, what would keep a planned node from being published: a grant to somebody whom the
 * warehouse does not know, and views of people's own on a relation that would be taken from under them. Of views the columns
 * tell, which are known once there is a version. Publishing looks for people's views again.
 */
export async function refuseObstacles(
  input: PlanInput,
  plan: Plan,
  place: StorePlace,
  report: Report,
): Promise<void> {
  const steps = [...plan.nodes.values()];
  await refuseUnknownGrantees(
    input.run,
    steps.map(({ node }) => node),
    place,
    report,
  );
  for (const step of steps) {
    const refusal =
      step.kind === 'reuse' ? viewsLosing(input, step.node, step.version) : tableLost(input, step.node);
    if (refusal !== undefined) report(refusal);
  }
}

async function refuseUnknownGrantees(
  { warehouse, tell, clock }: RunInput,
  nodes: readonly BuildableNode[],
  { session, store }: StorePlace,
  report: Report,
): Promise<void> {
  const { dialect } = warehouse;
  const granted = new Map<string, string[]>();
  for (const { name, config } of nodes) {
    for (const grantee of config.grants['select'] ?? []) addTo(granted, grantee, name);
  }
  if (granted.size === 0) return;
  if (!dialect.supports.grants) {
    tell({
      kind: 'stage-note',
      at: clock(),
      message: 'This warehouse has no grants; those of the project mean nothing here.',
    });
    return;
  }
  const unknown = await unknownGrantees(session, dialect, store, [...granted.keys()]);
  if (unknown.size === 0) return;
  const candidates = await readGrantees(session, dialect);
  for (const grantee of unknown)
    report(unknownGrantee({ grantee, nodes: granted.get(grantee) ?? [], candidates }));
}

/** Views bind to a table itself, so that a swapped one would leave them with the old rows. */
function tableLost({ run, state, dependents }: PlanInput, { uniqueId, relation, config }: BuildableNode) {
  const found = state.catalog.find(relation);
  if (found === undefined || (found.kind === 'view' && config.publish === 'view')) return undefined;
  const { dialect } = run.warehouse;
  const views = dependents(relation).map(dialect.relation);
  return views.length === 0
    ? undefined
    : viewsInTheWay({ node: uniqueId, relation: dialect.relation(relation), views });
}
