import { unknownGrantee, viewsInTheWay } from '../diagnostic/catalogue/store.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { BuildableNode } from '../manifest/node.ts';
import { type DependentViews, readDependentViews } from '../store/dependent-views.ts';
import { granteeId } from '../store/published-grants.ts';
import { readText } from '../store/state-query.ts';
import { isShown, type StoreState } from '../store/store-state.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Plan } from './plan.ts';
import type { RunInput } from './run-input.ts';

/**
 * Reports, before anything is built, what would keep a planned node from being published: a grant to somebody whom the
 * warehouse does not know, and views of people's own on a table that would be swapped. Publishing looks for views again.
 */
export async function refuseObstacles(
  run: RunInput,
  plan: Plan,
  state: StoreState,
  session: Session,
  report: Report,
): Promise<void> {
  const nodes = [...plan.nodes.values()].map(({ node }) => node);
  await refuseUnknownGrantees(run, nodes, session, report);
  await refuseSwaps(run, plan, state, session, report);
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

/** Views bind to the table itself, so that a swapped one would leave them with the old rows. */
async function refuseSwaps(
  { warehouse }: RunInput,
  plan: Plan,
  state: StoreState,
  session: Session,
  report: Report,
): Promise<void> {
  const { dialect } = warehouse;
  const swapped = [...plan.nodes.values()].flatMap((step) => {
    const { node } = step;
    const { relation, config } = node;
    if (state.catalog.find(relation)?.kind !== 'table') return [];
    const stays =
      step.kind === 'reuse' &&
      isShown(state, dialect, { relation, version: step.version.relation, publish: config.publish });
    return stays ? [] : [node];
  });
  const dependents: DependentViews = await readDependentViews(
    session,
    dialect,
    swapped.map(({ relation }) => relation.schema),
  );
  for (const { uniqueId, relation } of swapped) {
    const views = dependents(relation).map(dialect.relation);
    if (views.length > 0)
      report(viewsInTheWay({ node: uniqueId, relation: dialect.relation(relation), views }));
  }
}
