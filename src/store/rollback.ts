import { nothingToRollBackTo, rollbackPruned, unknownPublication } from '../diagnostic/catalogue/store.ts';
import { DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations, relationId } from './catalog.ts';
import type { Environment } from './environment.ts';
import { prepareTable } from './prepare-table.ts';
import { type Publication, type PublicationEntry, readPublication } from './publication.ts';
import { currentSequence, publish } from './publish.ts';
import type { PublishPlan } from './publish-plan.ts';

export interface RollbackRequest {
  readonly runId: string;
  readonly gitCommit: string | null;
  /** Sequence of the publication to show again; default: the predecessor. */
  readonly to?: number;
}

export interface RollbackOutcome {
  readonly from: number;
  /** The publication that is shown again. */
  readonly restored: number;
  /** The new publication. */
  readonly sequence: number;
  /** Unique ids whose published relation changed. */
  readonly changed: readonly string[];
  /** Relations that the restored publication does not show, and that are gone: `analytics.weekly`. */
  readonly removed: readonly string[];
}

/**
 * Shows an earlier publication's versions again, as a new publication: `to`, else the predecessor (after a rollback, that of
 * the restored one). Throws a DiagnosticError when there is none, its versions have been pruned, or somebody publishes meanwhile.
 */
export async function rollback(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  request: RollbackRequest,
  warn: Report,
): Promise<RollbackOutcome> {
  const { store } = environment;
  const from = await currentSequence(session, environment);
  const current = await readPublication(session, dialect, store, from);
  const goal = request.to ?? (current?.restores ?? from) - 1;
  const target = await readPublication(session, dialect, store, goal);
  if (current === undefined || target === undefined)
    throw new DiagnosticError([noTarget(environment, request)]);
  await refuseIfPruned(session, dialect, target);
  const plan = planBack(dialect, request, current, target);
  for (const { entry, saw } of plan.wanted) {
    const isOther = saw === null || relationId(dialect, saw) !== relationId(dialect, entry.version);
    if (entry.publish === 'table' && isOther) await prepareTable(session, dialect, entry);
  }
  const over = { from, restores: target.sequence };
  const outcome = await publish({ session, dialect, environment, plan, rollback: over, warn });
  const removed = plan.retired.map(({ relation }) => `${relation.schema}.${relation.name}`).sort();
  const sequence = outcome.sequence ?? from;
  return { from, restored: target.sequence, sequence, changed: outcome.published, removed };
}

function noTarget(environment: Environment, { to }: RollbackRequest) {
  return to === undefined
    ? nothingToRollBackTo({ environment: environment.name })
    : unknownPublication({ environment: environment.name, sequence: to });
}

async function refuseIfPruned(session: Session, dialect: Dialect, target: Publication): Promise<void> {
  const versions = [...target.entries.values()].map((entry) => entry.version);
  const catalog = await readRelations(
    session,
    dialect,
    versions.map((version) => version.schema),
  );
  const pruned = versions.filter((version) => catalog.find(version) === undefined);
  if (pruned.length === 0) return;
  const names = pruned.map((version) => dialect.relation(version));
  throw new DiagnosticError([rollbackPruned({ sequence: target.sequence, versions: names })]);
}

/** A plan whose result is the target: its entries, and no other. */
function planBack(
  dialect: Dialect,
  { runId, gitCommit }: RollbackRequest,
  current: Publication,
  target: Publication,
): PublishPlan {
  const wanted = [...target.entries.values()].map((entry: PublicationEntry) => {
    const shown = current.entries.get(relationId(dialect, entry.relation));
    return { entry, saw: shown?.version ?? null, adopt: false };
  });
  const retired = [...current.entries]
    .filter(([id]) => !target.entries.has(id))
    .map(([, entry]) => ({ relation: entry.relation, saw: entry, remove: true }));
  return { runId, gitCommit, wanted, retired, allOrNothing: true };
}
