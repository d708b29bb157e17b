import { failuresTableKept } from '../diagnostic/catalogue/store-kept.ts';
import type { Relation } from '../dialect/relation.ts';
import { withRetries } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ExecutedRun } from './execution.ts';
import { failuresKept, tablesThere } from './store-failures.ts';

/**
 * Drops the tables that earlier runs left of tests that were not run, because they are known to have no failing rows. One that
 * cannot be dropped stays, with a warning.
 */
export async function forgetKnownPasses(executed: ExecutedRun, session: Session): Promise<void> {
  const { dialect } = executed.run.warehouse;
  const { signal, warn } = executed.run;
  const tables = knownWithoutFailures(executed);
  for (const table of await withRetries(signal, () => tablesThere(session, dialect, tables))) {
    try {
      await withRetries(signal, () => session.execute(dialect.dropTable(table)));
    } catch (error) {
      warn(failuresTableKept({ relation: dialect.relation(table), reason: (error as Error).message }));
    }
  }
}

/** A test that was run after all, for a source moved, may have stored rows: only its result tells. */
function knownWithoutFailures({ run, plan, execution }: ExecutedRun): readonly Relation[] {
  return execution.results.flatMap(({ uniqueId, cached, failures }) => {
    const step = plan.tests.get(uniqueId);
    if (step === undefined || cached !== true || failures !== 0) return [];
    return failuresKept(run, step.compiled.node).failuresTable ?? [];
  });
}
