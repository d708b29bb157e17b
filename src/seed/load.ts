import type { Landing } from '../landing/landing.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What a load needs. */
export interface LoadInput {
  readonly landing: Landing;
  readonly warehouse: Warehouse;
  /** The target's schema: landed tables are in `<schema>__raw`, `_load` is in `<schema>__store`. */
  readonly schema: string;
  /** Names this load in `_load`; tokens of landed tables are lists of load ids. */
  readonly loadId: string;
  /** Tables to load; all that have batches without it. */
  readonly tables?: readonly string[];
  /** Bad rows that a table may have; they land in `<table>__rejected`. */
  readonly maxErrors?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** How far a table's load is. */
export interface LoadProgress {
  readonly table: string;
  readonly rows: number;
  readonly rowsTotal: number;
}

/** What a load did with one table. */
export interface TableLoad {
  readonly table: string;
  readonly batchesLoaded: number;
  readonly batchesUnchanged: number;
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
}

/** What a load did, by table in order of name. */
export interface LoadResult {
  readonly tables: readonly TableLoad[];
}
