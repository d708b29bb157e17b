import type { Dialect } from '../dialect/dialect.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { hashOf } from './hash.ts';
import { insertRows, readNumber, readText, readTextOrNull, selectRows, updateRows } from './state-query.ts';
import { LOAD, stateRelation } from './state-table.ts';

/** What a landed table holds of one partition. */
export interface LoadRecord {
  readonly table: string;
  /** The partition's value, `2025-01-31`; '' for a table without partitions. */
  readonly partition: string;
  /** Of columns and CSV bytes; null: nothing is loaded. */
  readonly contentHash: string | null;
  readonly loadId: string | null;
  readonly rows: number;
  readonly loadedAt: string | null;
}

/** What a load wants to put in a partition's row; `saw` is the load id that it read there (null: nothing loaded). */
export interface LoadClaim {
  readonly table: string;
  readonly partition: string;
  readonly saw: string | null;
  readonly contentHash: string;
  readonly loadId: string;
  readonly rows: number;
}

/** All rows of `_load` in a store that exists; `store` is that of `loadStore(schema)`. */
export async function readLoads(session: Session, store: string): Promise<LoadRecord[]> {
  const order = ['table_name', 'partition_value'];
  const rows = await selectRows(session, stateRelation(store, LOAD), {}, order);
  return rows.map(toLoadRecord);
}

/** Makes sure that the partitions of a table have rows, so that claims can update them. Not inside a transaction. */
export async function ensureLoadRows(
  session: Session,
  store: string,
  table: string,
  partitions: readonly string[],
): Promise<void> {
  const relation = stateRelation(store, LOAD);
  const missing = async () => {
    const known = await selectRows(session, relation, { table_name: table });
    const values = new Set(known.map((row) => readText(row, 'partition_value')));
    return partitions.filter((partition) => !values.has(partition));
  };
  const rows = (await missing()).map((partition) => ({
    table_name: table,
    partition_value: partition,
    row_count: 0,
  }));
  try {
    await insertRows(session, relation, rows);
  } catch (error) {
    if ((await missing()).length > 0) throw error;
  }
}

/**
 * Claims a partition by updating its row: the first statement of the transaction that then deletes and loads its rows.
 * False: another load has changed it since it was read; roll back and read again.
 */
export async function claimLoad(
  session: Session,
  dialect: Dialect,
  store: string,
  claim: LoadClaim,
): Promise<boolean> {
  const changed = await updateRows(
    session,

    stateRelation(store, LOAD),
    {
      content_hash: claim.contentHash,
      load_id: claim.loadId,
      row_count: claim.rows,
      loaded_at: await readClock(session, dialect),
    },
    { table_name: claim.table, partition_value: claim.partition, load_id: claim.saw },
  );
  return changed === 1;
}

/** Marks every partition of a table as not loaded, for a landed table that is gone or was reset. */
export async function forgetLoads(session: Session, store: string, table: string): Promise<void> {
  const nothing = { content_hash: null, load_id: null, row_count: 0, loaded_at: null };
  await updateRows(session, stateRelation(store, LOAD), nothing, { table_name: table });
}

/** The version key's token of a landed table: changes with every load of any of its partitions. */
export function landedToken(loads: readonly LoadRecord[], table: string): string {
  const ids = loads
    .filter((load) => load.table === table && load.loadId !== null)
    .map((load) => [load.partition, load.loadId]);
  return hashOf(['landed', table, ids.sort()]);
}

function toLoadRecord(row: Row): LoadRecord {
  return {
    table: readText(row, 'table_name'),
    partition: readText(row, 'partition_value'),
    contentHash: readTextOrNull(row, 'content_hash'),
    loadId: readTextOrNull(row, 'load_id'),
    rows: readNumber(row, 'row_count'),
    loadedAt: readTextOrNull(row, 'loaded_at'),
  };
}
