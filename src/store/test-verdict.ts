import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { insertRows, queryRows, readNumber, readText, selectRows, tableOf } from './state-query.ts';
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
  const unknown = async () => {
    const rows = await selectRows(session, table, { test_key: verdicts.map(({ key }) => key) });
    const known = new Set(rows.map((row) => readText(row, 'test_key')));
    return [...new Map(verdicts.map((verdict) => [verdict.key, verdict])).values()].filter(
      ({ key }) => !known.has(key),
    );
  };
  const tested_at = await readClock(session, dialect);
  const rows = (await unknown()).map(({ key, uniqueId, runId, verdict, failures }) => ({
    ...{ test_key: key, unique_id: uniqueId, verdict, failures, run_id: runId, tested_at },
  }));
  try {
    await insertRows(session, table, rows);
  } catch (error) {
    if ((await unknown()).length > 0) throw error;
  }
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
