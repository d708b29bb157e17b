import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { insertRows } from './state-query.ts';

/**
 * Runs work that compares and sets rows of a state table, in a transaction. Where two updates of a row do not conflict by
 * themselves, its first statement locks the table: what the work then reads is what it changes.
 */
export async function lockingTransaction<T>(
  session: Session,
  dialect: Dialect,
  table: Relation,
  work: () => Promise<T>,
): Promise<T> {
  return session.transaction(async () => {
    const lock = dialect.lockTable(table);
    if (lock !== undefined) await session.execute(lock);
    return work();
  });
}

/**
 * Inserts the rows that `missing` finds missing, when others may be about to insert some of the same: the primary key lets
 * only one succeed, and where keys are not enforced a lock does. Not inside a transaction.
 */
export async function insertMissing(
  session: Session,
  dialect: Dialect,
  table: Relation,
  missing: () => Promise<readonly Row[]>,
): Promise<void> {
  const rows = await missing();
  if (rows.length === 0) return;
  if (!dialect.supports.enforcedKeys) {
    await lockingTransaction(session, dialect, table, async () =>
      insertRows(session, table, await missing()),
    );
    return;
  }
  await insertWhatOthersLeave(session, table, rows, missing);
}

/** A row that another has inserted keeps all of a statement out, which begins again with the others. */
async function insertWhatOthersLeave(
  session: Session,
  table: Relation,
  rows: readonly Row[],
  missing: () => Promise<readonly Row[]>,
): Promise<void> {
  for (let left = rows; left.length > 0; ) {
    try {
      return await insertRows(session, table, left);
    } catch (error) {
      const still = await missing();
      if (still.length === left.length) throw error;
      left = still;
    }
  }
}
