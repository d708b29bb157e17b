import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { insertRows, queryRows, readText, selectRows, tableOf } from './state-query.ts';
import { stateRelation, TEST } from './state-table.ts';

/** A test that passed, by the key of everything that it reads. Only passes are recorded. */
export interface PassedTest {
  readonly key: string;
  readonly uniqueId: string;
  readonly runId: string;
}

/** Records tests that passed; keys that are known already are left alone. */
export async function recordPassedTests(
  session: Session,
  dialect: Dialect,
  store: string,
  tests: readonly PassedTest[],
): Promise<void> {
  const table = stateRelation(store, TEST);
  const unknown = async () => {
    const rows = await selectRows(session, table, { test_key: tests.map((test) => test.key) });
    const known = new Set(rows.map((row) => readText(row, 'test_key')));
    return [...new Map(tests.map((test) => [test.key, test])).values()].filter(
      (test) => !known.has(test.key),
    );
  };
  const passed_at = await readClock(session, dialect);
  const rows = (await unknown()).map((test) => ({
    test_key: test.key,
    unique_id: test.uniqueId,
    run_id: test.runId,
    passed_at,
  }));
  try {
    await insertRows(session, table, rows);
  } catch (error) {
    if ((await unknown()).length > 0) throw error;
  }
}

/** The keys of all tests that have passed. */
export async function readPassedTests(session: Session, store: string): Promise<Set<string>> {
  const rows = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(store, TEST)).select('test_key'),
  );
  return new Set(rows.map((row) => readText(row, 'test_key')));
}
