import { wrongRowCount } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Column } from '../dialect/column-type.ts';
import type { BatchPartition } from '../landing/batch-manifest.ts';
import { claimLoads, forgetLoads } from '../store/load-record.ts';
import { lockingTransaction } from '../store/state-lock.ts';
import { LOAD, stateRelation } from '../store/state-table.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Accepted, accepted, type CleanedBatch, expectedRows, insertCsv, withCsv } from './group-csv.ts';
import type { GroupLoad } from './group-load.ts';
import type { BatchLoad } from './load-plan.ts';

/** Another load took a partition first; the transaction was rolled back. */
export class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

/**
 * Loads a group in one transaction: claims its partitions, removes what they held, inserts their files, counts.
 * `cleaned` replaces files of batches by path; `inTransaction` runs at the end of it.
 */
export async function loadGroup(
  session: Session,
  work: GroupLoad,
  cleaned: ReadonlyMap<string, CleanedBatch> = new Map(),
  inTransaction: () => Promise<void> = async () => undefined,
): Promise<Accepted> {
  const { dialect } = work;
  const expected = expectedRows(work, cleaned);
  await withCsv(work, cleaned, (csv) =>
    lockingTransaction(session, dialect, stateRelation(work.store, LOAD), async () => {
      await claim(session, work, expected);
      work.signal?.throwIfAborted();
      await makeRoom(session, work);
      work.signal?.throwIfAborted();
      await insertCsv(session, work, csv);
      await checkRows(session, work, expected);
      await analyze(session, work);
      await inTransaction();
    }),
  );
  return accepted(work, expected);
}

async function claim(
  session: Session,
  { loadId, relation, dialect, store, group }: GroupLoad,
  expected: ReadonlyMap<string, number>,
): Promise<void> {
  const partitions = group.map(({ partition, saw, contentHash }) => ({
    ...{ partition, saw, contentHash, rows: expected.get(partition) ?? 0 },
  }));
  const won = await claimLoads(session, dialect, store, { table: relation.name, loadId, partitions });
  if (!won) throw new LostClaim(relation.name);
}

async function makeRoom(session: Session, work: GroupLoad): Promise<void> {
  const { dialect, relation, columns, state } = work;
  if (state === 'begun') return;
  if (state === 'present') {
    // What the record of loads says nothing of may be there, where that record was lost.
    const where = partitionFilter(work, work.group);
    await session.execute(`delete from ${dialect.relation(relation)}${where}`);
    return;
  }
  if (state === 'replaced') await session.execute(dialect.dropTable(relation));
  await session.execute(dialect.createTable(relation, columns));
  await forgetLoads(session, work.store, { table: relation.name, loadId: work.loadId });
}

/** `where cast(loaded_at as date) in (…)`; nothing for a table without partitions. */
function partitionFilter(work: GroupLoad, loads: readonly BatchLoad[]): string {
  const expression = partitionExpression(work);
  if (expression === undefined) return '';
  const { dialect } = work;
  const values = loads
    .filter(({ batch }) => batch.manifest.partition !== undefined)
    .map(({ partition }) => dialect.cast(dialect.literal(partition), partitionType(work)));
  if (values.length === 0) return '\nwhere false';
  return `\nwhere ${expression} in (${values.join(', ')})`;
}

function partitionExpression(work: GroupLoad): string | undefined {
  const { dialect } = work;
  const partition = partitionOf(work);
  if (partition === undefined) return undefined;
  if (partition.date_of === undefined) return dialect.quote(partition.column);
  return dialect.cast(dialect.quote(partition.date_of), { kind: 'date' });
}

function partitionType(work: GroupLoad): Column['type'] {
  const { columns } = work;
  const partition = partitionOf(work);
  if (partition?.date_of !== undefined) return { kind: 'date' };
  return columns.find((column) => column.name === partition?.column)?.type ?? { kind: 'varchar' };
}

/** How the table is cut. A seed that had no partition at all has left an empty batch without one, which counts for nothing. */
function partitionOf({ group }: GroupLoad): BatchPartition | undefined {
  return group.find((load) => load.batch.manifest.partition !== undefined)?.batch.manifest.partition;
}

/** Every partition must now hold the rows that its manifest counts: no more, no less, and none of another's. */
async function checkRows(
  session: Session,
  work: GroupLoad,
  expected: ReadonlyMap<string, number>,
): Promise<void> {
  const { dialect, relation, group, state } = work;
  // A table that was made just now holds nothing but this group.
  const isMade = state === 'missing' || state === 'replaced';
  const where = isMade ? '' : partitionFilter(work, group);
  const { rows } = await session.query(countQuery(work, `${dialect.relation(relation)}${where}`));
  const found = new Map(rows.map((row) => [String(row['partition_value']), Number(row['row_count'])]));
  const wrong = [...expected].filter(([partition, count]) => (found.get(partition) ?? 0) !== count);
  if (wrong.length === 0) return;
  throw new DiagnosticError(
    wrong.map(([partition, count]) =>
      wrongRowCount({ table: relation.name, partition, expected: count, found: found.get(partition) ?? 0 }),
    ),
  );
}

/** Counts by partition: partition_value (as text; '' where there are no partitions), row_count. */
function countQuery(work: GroupLoad, rows: string): string {
  const partition = partitionExpression(work);
  if (partition === undefined) return `select '' as partition_value, count(*) as row_count\nfrom ${rows}`;
  return `select ${work.dialect.cast('counted.value', { kind: 'varchar' })} as partition_value, counted.row_count
from (
  select ${partition} as value, count(*) as row_count
  from ${rows.replaceAll('\n', '\n  ')}
  group by 1
) as counted`;
}

async function analyze(session: Session, { dialect, relation }: GroupLoad): Promise<void> {
  const statement = dialect.analyzeTable(relation);
  if (statement !== undefined) await session.execute(statement);
}
