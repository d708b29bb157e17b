import type { Environment } from '../store/environment.ts';
import { prepareTable } from '../store/prepare-table.ts';
import { type PublishOutcome, publish } from '../store/publish.ts';
import type { PublishPlan } from '../store/publish-plan.ts';
import { isShown } from '../store/store-state.ts';
import { withRetries } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ExecutedRun } from './execution.ts';
import type { RunResult } from './run-result.ts';
import { wantedPublication } from './wanted.ts';

/** How the nodes of a run ended once it has published, and the names of those whose published relation changed. */
export interface PublishedRun {
  readonly results: readonly RunResult[];
  readonly published: readonly string[];
}

/** Publishes what passed, in one transaction; nothing, when the run is cancelled before the transaction is over. */
export async function publishPassed(
  executed: ExecutedRun,
  session: Session,
  environment: Environment,
): Promise<PublishedRun> {
  const { run, execution, state } = executed;
  const plan = wantedPublication(executed);
  try {
    await prepareTables(executed, plan, session);
    const names = plan.wanted.filter(isOther).map(({ entry }) => nameOf(executed, entry.uniqueId));
    run.tell({ kind: 'publish-started', at: run.clock(), names });
    const { dialect } = run.warehouse;
    const { warn, signal } = run;
    const outcome = await publish({ session, dialect, environment, plan, warn, signal });
    const published = outcome.published.map((id) => nameOf(executed, id));
    const sequence = outcome.sequence ?? state.own.sequence;
    run.tell({ kind: 'publish-finished', at: run.clock(), published, sequence });
    return { results: withSuperseded(execution.results, plan, outcome), published };
  } catch (error) {
    if (!run.signal.aborted) throw error;
    return { results: execution.results, published: [] };
  }
}

/** Copies the tables that are to be renamed into place, before the transaction begins. */
async function prepareTables(
  { run, state }: ExecutedRun,
  { wanted }: PublishPlan,
  session: Session,
): Promise<void> {
  const { dialect } = run.warehouse;
  for (const { entry } of wanted) {
    if (entry.publish !== 'table' || isShown(state, dialect, entry)) continue;
    run.signal.throwIfAborted();
    await withRetries(run.signal, () => prepareTable(session, dialect, entry));
  }
}

function isOther({ entry, saw }: PublishPlan['wanted'][number]): boolean {
  return saw?.name !== entry.version.name || saw.schema !== entry.version.schema;
}

/** Says of each node that was to be published and was not why that is. */
function withSuperseded(
  results: readonly RunResult[],
  plan: PublishPlan,
  { superseded }: PublishOutcome,
): readonly RunResult[] {
  if (superseded.length === 0) return results;
  const ids = new Set(superseded.map(({ uniqueId }) => uniqueId));
  const kept = new Set(
    plan.allOrNothing ? plan.wanted.filter(isOther).map(({ entry }) => entry.uniqueId) : [],
  );
  const names = results.filter(({ uniqueId }) => ids.has(uniqueId)).map(({ name }) => `"${name}"`);
  const message = `Another run published it since this one was planned${plan.allOrNothing ? ', so nothing was published' : ''}.`;
  const notPublished = `Not published: all or nothing was to be, and ${names.join(', ')} was superseded.`;
  return results.map((result) => {
    if (ids.has(result.uniqueId)) return { ...result, status: 'superseded', message };
    return kept.has(result.uniqueId) ? { ...result, message: notPublished } : result;
  });
}

function nameOf({ run }: ExecutedRun, uniqueId: string): string {
  return run.dag.manifest.nodes.get(uniqueId)?.name ?? uniqueId;
}
