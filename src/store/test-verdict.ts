import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { insertMissing } from './state-lock.ts';
import { queryRows, readNumber, readText, selectRows, tableOf } from './state-query.ts';
import { stateRelation, VERDICT } from './state-table.ts';

/** How a test ended on the data that its key stands for. Only what did not fail is recorded. */
export interface TestVerdict {
  readonly key: string;
  readonly uniqueId: string;
  readonly runId: string;
  readonly verdict: 'pass' | 'warn';
  /** How many rows failed. */
  readonly failures: number;
}

/** Records verdicts; keys that are known already are left alone. */
export async function recordVerdicts(
  session: Session,
  dialect: Dialect,
  store: string,
  verdicts: readonly TestVerdict[],
): Promise<void> {
  const table = stateRelation(store, VERDICT);
  const tested_at = await readClock(session, dialect);
  const byKey = new Map(verdicts.map((verdict) => [verdict.key, verdict]));
  await insertMissing(session, dialect, table, async () => {
    const rows = await selectRows(session, table, { test_key: [...byKey.keys()] });
    const known = new Set(rows.map((row) => readText(row, 'test_key')));
    return [...byKey.values()]
      .filter(({ key }) => !known.has(key))
      .map(({ key, uniqueId, runId, verdict, failures }) => ({
        test_key: key,
        unique_id: uniqueId,
        verdict,
        failures,
        run_id: runId,
        tested_at,
      }));
  });
}

/** All verdicts of a store, by their keys. */
export async function readVerdicts(session: Session, store: string): Promise<Map<string, TestVerdict>> {
  const rows = await queryRows(session, (knex) => tableOf(knex, stateRelation(store, VERDICT)).select('*'));
  return new Map(
    rows.map((row) => {
      const key = readText(row, 'test_key');
      const verdict: TestVerdict = {
        key,
        uniqueId: readText(row, 'unique_id'),
        runId: readText(row, 'run_id'),
        verdict: readText(row, 'verdict') === 'warn' ? 'warn' : 'pass',
        failures: readNumber(row, 'failures'),
      };
      return [key, verdict];
    }),
  );
}
