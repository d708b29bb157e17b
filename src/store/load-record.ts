import type { Dialect } from '../dialect/dialect.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { hashOf } from './hash.ts';
import { insertMissing } from './state-lock.ts';
import { readNumber, readText, readTextOrNull, selectRows, updateEach, updateRows } from './state-query.ts';
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

/** What a load wants to put in the rows of a table's partitions. */
export interface LoadClaims {
  readonly table: string;
  readonly loadId: string;
  readonly partitions: readonly PartitionClaim[];
}

/** One partition's claim; `saw` is the load id that was read there (null: nothing loaded). */
export interface PartitionClaim {
  readonly partition: string;
  readonly saw: string | null;
  readonly contentHash: string;
  readonly rows: number;
}

const CLAIMS_PER_STATEMENT = 200;

/** The rows of `_load`, of all tables or of some, in a store that exists; `store` is that of `loadStore(schema)`. */
export async function readLoads(
  session: Session,
  store: string,
  tables?: readonly string[],
): Promise<LoadRecord[]> {
  const order = ['table_name', 'partition_value'];
  const where = tables === undefined ? {} : { table_name: tables };
  const rows = await selectRows(session, stateRelation(store, LOAD), where, order);
  return rows.map(toLoadRecord);
}

/** Makes sure that the partitions of a table have rows, so that claims can update them. Not inside a transaction. */
export async function ensureLoadRows(
  session: Session,
  dialect: Dialect,
  store: string,
  table: string,
  partitions: readonly string[],
): Promise<void> {
  const relation = stateRelation(store, LOAD);
  const missing = async () => {
    const known = await selectRows(session, relation, { table_name: table });
    const values = new Set(known.map((row) => readText(row, 'partition_value')));
    return partitions
      .filter((partition) => !values.has(partition))
      .map((partition) => ({ table_name: table, partition_value: partition, row_count: 0 }));
  };
  await insertMissing(session, dialect, relation, missing);
}

/**
 * Claims partitions by updating their rows, all or none: the first statements of the transaction that then deletes and
 * loads their data. False: another load has changed one since it was read; roll back and read again.
 */
export async function claimLoads(
  session: Session,
  dialect: Dialect,
  store: string,
  claims: LoadClaims,
): Promise<boolean> {
  const values = { load_id: claims.loadId, loaded_at: await readClock(session, dialect) };
  for (const { saw, partitions } of statementsOf(claims.partitions)) {
    const own = new Map(
      partitions.map(({ partition, contentHash, rows }) => [
        partition,
        { content_hash: contentHash, row_count: rows },
      ]),
    );
    const changed = await updateEach(session, stateRelation(store, LOAD), values, 'partition_value', own, {
      table_name: claims.table,
      load_id: saw,
    });
    if (changed !== partitions.length) return false;
  }
  return true;
}

interface ClaimStatement {
  readonly saw: string | null;
  readonly partitions: readonly PartitionClaim[];
}

/** Claims that saw the same load id go together, a few hundred a statement. */
function* statementsOf(claims: readonly PartitionClaim[]): Iterable<ClaimStatement> {
  for (const saw of new Set(claims.map((claim) => claim.saw))) {
    const same = claims.filter((claim) => claim.saw === saw);
    for (let first = 0; first < same.length; first += CLAIMS_PER_STATEMENT) {
      yield { saw, partitions: same.slice(first, first + CLAIMS_PER_STATEMENT) };
    }
  }
}

/** Marks as not loaded what loads have put into a landed table that is gone, all but the load that made it anew. */
export async function forgetLoads(
  session: Session,
  store: string,
  { table, loadId }: Pick<LoadClaims, 'table' | 'loadId'>,
): Promise<void> {
  const relation = stateRelation(store, LOAD);
  const rows = await selectRows(session, relation, { table_name: table });
  const gone = new Set(rows.flatMap((row) => readTextOrNull(row, 'load_id') ?? []));
  gone.delete(loadId);
  if (gone.size === 0) return;
  const nothing = { content_hash: null, load_id: null, row_count: 0, loaded_at: null };
  await updateRows(session, relation, nothing, { table_name: table, load_id: [...gone] });
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
