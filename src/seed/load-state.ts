import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { readRelations } from '../store/catalog.ts';
import { type LoadRecord, readLoads } from '../store/load-record.ts';
import { LOAD, stateRelation } from '../store/state-table.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** What the warehouse has. */
export interface LoadState {
  readonly records: readonly LoadRecord[];
  /** Columns of the tables in the raw schema, by folded name. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
}

/** Where a load reads what there is. */
interface Place {
  readonly session: Session;
  readonly dialect: Dialect;
  /** The schema of the record of loads, and that of landed tables. */
  readonly store: string;
  readonly raw: string;
  readonly checks?: boolean;
}

/** The records come first: a claim compares them, so that what others load between the two queries is found out. */
export async function readState({ session, dialect, store, raw, checks }: Place): Promise<LoadState> {
  const knows = checks !== true || (await isLoadKnown(session, dialect, store));
  const records = knows ? await readLoads(session, store) : [];
  const { rows } = await session.query(dialect.catalogQuery([raw]));
  const columns = new Map<string, Column[]>();
  for (const row of rows) {
    const table = dialect.fold(String(row['table_name']));
    const type = dialect.parseType(String(row['data_type'])) ?? { kind: 'varchar' };
    columns.set(table, [...(columns.get(table) ?? []), { name: String(row['column_name']), type }]);
  }
  return { records, columns };
}

/** Whether the warehouse has a record of loads, which a check does not make. */
async function isLoadKnown(session: Session, dialect: Dialect, store: string): Promise<boolean> {
  return (await readRelations(session, dialect, [store])).find(stateRelation(store, LOAD)) !== undefined;
}
