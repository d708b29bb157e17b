import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** What a landed table holds of one partition. */
export interface LoadRecord {
  readonly table: string;
  /** The partition's value, `2025-01-31`; '' for a table without partitions. */
  readonly partition: string;
  /** Of columns and CSV bytes; null: nothing loaded yet. */
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

/** All rows of `_load`; empty where the store does not exist. `store` is that of `loadStore(schema)`. */
export declare function readLoads(session: Session, dialect: Dialect, store: string): Promise<LoadRecord[]>;

/** Makes sure that the partitions of a table have rows, so that claims can update them. Not inside a transaction. */
export declare function ensureLoadRows(
  session: Session,
  dialect: Dialect,
  store: string,
  table: string,
  partitions: readonly string[],
): Promise<void>;

/**
 * Claims a partition by updating its row: the first statement of the transaction that then deletes and loads its rows.
 * False: another load has changed it since it was read; roll back and read again.
 */
export declare function claimLoad(
  session: Session,
  dialect: Dialect,
  store: string,
  claim: LoadClaim,
): Promise<boolean>;

/** Marks every partition of a table as not loaded, for a landed table that is gone or was reset. */
export declare function forgetLoads(
  session: Session,
  dialect: Dialect,
  store: string,
  table: string,
): Promise<void>;

/** The version key's token of a landed table: changes with every load of any of its partitions. */
export declare function landedToken(loads: readonly LoadRecord[], table: string): string;
