import type { Position } from '../diagnostic/span.ts';
import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { withSuffix } from '../store/physical-name.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { GroupLoad } from './group-load.ts';
import { chunks } from './seed-statements.ts';

/** A row of a landed file that could not be loaded; `column` and `value` are those of its first bad cell. */
export interface RejectedRow {
  readonly partition: string;
  readonly file: string;
  readonly position: Position;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
  readonly record: string;
}

const COLUMNS: readonly Column[] = [
  { name: 'partition_value', type: { kind: 'varchar' } },
  { name: 'file', type: { kind: 'varchar' } },
  { name: 'line', type: { kind: 'bigint' } },
  { name: 'column_name', type: { kind: 'varchar' } },
  { name: 'value', type: { kind: 'varchar' } },
  { name: 'reason', type: { kind: 'varchar' } },
  { name: 'record', type: { kind: 'varchar' } },
  { name: 'load_id', type: { kind: 'varchar' } },
];

function rejectRelation({ relation, dialect }: GroupLoad): Relation {
  return { schema: relation.schema, name: rejectTable(relation.name, dialect) };
}

/** The name of the table beside a landed table that holds its rejected rows. */
export function rejectTable(table: string, { identifierBytes }: Pick<Dialect, 'identifierBytes'>): string {
  return withSuffix(table, '__rejected', identifierBytes);
}

/** Makes the table of rejects if it is not there. */
export async function createRejectTable(session: Session, work: GroupLoad): Promise<void> {
  const { dialect } = work;
  const reject = rejectRelation(work);
  const { rows } = await session.query(dialect.catalogQuery([reject.schema]));
  if (rows.some((row) => dialect.fold(String(row['table_name'])) === dialect.fold(reject.name))) return;
  await session.execute(dialect.createTable(reject, COLUMNS));
}

/** Removes what former loads of these partitions had rejected. */
export async function forgetRejects(session: Session, work: GroupLoad): Promise<void> {
  const { dialect } = work;
  const partitions = work.group.map((load) => dialect.literal(load.partition)).join(', ');
  const table = dialect.relation(rejectRelation(work));
  await session.execute(`delete from ${table}\nwhere partition_value in (${partitions})`);
}

/** Puts a load's rejects in the place of what their partitions had before. */
export async function replaceRejects(
  session: Session,
  work: GroupLoad,
  rejected: readonly RejectedRow[],
): Promise<void> {
  const { dialect } = work;
  const table = dialect.relation(rejectRelation(work));
  await forgetRejects(session, work);
  const rows = rejected.map((row) => {
    const { partition, file, position, column = null, value = null, reason, record } = row;
    const values = [partition, file, position.line, column, value, reason, record, work.loadId];
    return `  (${values.map((cell) => dialect.literal(cell)).join(', ')})`;
  });
  const names = COLUMNS.map((column) => dialect.quote(column.name)).join(', ');
  for (const tuples of chunks(rows))
    await session.execute(`insert into ${table} (${names})\nvalues\n${tuples.join(',\n')}`);
}
