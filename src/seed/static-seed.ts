import type { Column } from '../dialect/column-type.ts';

/** A static seed that has been read: every row has a cell for each column, NULL for an empty one, texts that fit the column's type. */
export interface StaticSeed {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}
