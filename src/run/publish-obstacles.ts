import { unknownGrantee, viewsInTheWay } from '../diagnostic/catalogue/store.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { BuildableNode } from '../manifest/node.ts';
import { granteeId } from '../store/published-grants.ts';
import { readText } from '../store/state-query.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import { viewsLosing } from './published-entry.ts';
import type { RunInput } from './run-input.ts';

/**
 * Reports, before anything is built, what would keep a planned node from being published: a grant to somebody whom the
 * warehouse does not know, and views of people's own on a relation that would be taken from under them. Of views the columns
 * tell, which are known once there is a version. Publishing looks for people's views again.
 */
export async function refuseObstacles(
  input: PlanInput,
  plan: Plan,
  session: Session,
  report: Report,
): Promise<void> {
  const steps = [...plan.nodes.values()];
  await refuseUnknownGrantees(
    input.run,
    steps.map(({ node }) => node),
    session,
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
  session: Session,
  report: Report,
): Promise<void> {
  const { dialect } = warehouse;
  const granted = new Map<string, string[]>();
  for (const { name, config } of nodes) {
    for (const grantee of config.grants['select'] ?? [])
      granted.set(grantee, [...(granted.get(grantee) ?? []), name]);
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
  const { rows } = await session.query(dialect.granteesQuery());
  const candidates = rows.map((row) => readText(row, 'grantee'));
  const known = new Set(candidates.map((candidate) => granteeId(dialect, candidate)));
  for (const [grantee, nodeNames] of granted) {
    if (!known.has(granteeId(dialect, grantee)))
      report(unknownGrantee({ grantee, nodes: nodeNames, candidates }));
  }
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
