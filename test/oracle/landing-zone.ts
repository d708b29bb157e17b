import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { required, type TextRow } from './text-row.ts';

export type LandedTable = 'users' | 'daily_dump' | 'mapping_sheet' | 'subscription_data';

/** What lands: the rows of each table. */
export type LandedRows = Readonly<Record<LandedTable, readonly TextRow[]>>;

/** Cuts the rows of one batch into its parts. */
export type Cut = (rows: readonly TextRow[]) => readonly (readonly TextRow[])[];

interface Shape {
  readonly columns: Readonly<Record<string, string>>;
  /** The timestamp whose date is the partition. */
  readonly dateOf?: string;
}

/** The columns of the landed tables, in order. */
export const SHAPES: Readonly<Record<LandedTable, Shape>> = {
  users: {
    columns: {
      user_id: 'varchar',
      signup_ts: 'timestamp',
      country: 'varchar',
      platform: 'varchar',
      acquisition_channel: 'varchar',
      timezone: 'varchar',
      is_internal: 'boolean',
      full_name: 'varchar',
      email: 'varchar',
      company: 'varchar',
    },
  },
  daily_dump: {
    columns: {
      event_id: 'varchar',
      event_ts: 'timestamp',
      loaded_at: 'timestamp',
      user_id: 'varchar',
      event_name: 'varchar',
      platform: 'varchar',
      country: 'varchar',
      new_vs_returning: 'varchar',
    },
    dateOf: 'loaded_at',
  },
  mapping_sheet: {
    columns: {
      date: 'date',
      week: 'integer',
      quarter: 'integer',
      year: 'integer',
      iso_year: 'integer',
      iso_week: 'integer',
      week_start: 'date',
      month_start: 'date',
      quarter_start: 'date',
      is_weekend: 'boolean',
    },
  },
  subscription_data: {
    columns: {
      event_seq: 'bigint',
      subscription_id: 'varchar',
      user_id: 'varchar',
      effective_at: 'date',
      recorded_at: 'timestamp',
      type: 'varchar',
      subscription_type: 'varchar',
      plan: 'varchar',
      quantity: 'integer',
      subscription_price: 'numeric(12,2)',
      discount: 'numeric(5,4)',
      currency: 'varchar',
      subscription_tenure: 'integer',
      cancel_reason: 'varchar',
    },
    dateOf: 'recorded_at',
  },
};

/** Lands tables: each in place of what was there, its batches cut into parts. */
export function land(landing: string, tables: Partial<LandedRows>, cut: Cut = (rows) => [rows]): void {
  for (const [name, rows] of Object.entries(tables)) {
    const table = name as LandedTable;
    rmSync(join(landing, table), { recursive: true, force: true });
    for (const [date, batch] of batchesOf(table, rows)) landBatch(landing, table, date, cut(batch));
  }
}

/** The rows of each batch by the date of its partition; '' where a table has none. */
function batchesOf(table: LandedTable, rows: readonly TextRow[]): ReadonlyMap<string, readonly TextRow[]> {
  const { dateOf } = SHAPES[table];
  const batches = new Map<string, TextRow[]>();
  for (const row of rows) {
    const date = dateOf === undefined ? '' : required(row, dateOf).slice(0, 10);
    const batch = batches.get(date);
    if (batch === undefined) batches.set(date, [row]);
    else batch.push(row);
  }
  return batches;
}

function landBatch(
  landing: string,
  table: LandedTable,
  date: string,
  parts: readonly (readonly TextRow[])[],
): void {
  const { columns, dateOf } = SHAPES[table];
  const folder = join(landing, table, date === '' ? '' : `load_date=${date}`);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    version: 1,
    table,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    ...(dateOf !== undefined && { partition: { column: 'load_date', value: date, date_of: dateOf } }),
    entries: parts.map((rows, index) => {
      const url = `part-${String(index).padStart(4, '0')}.csv.gz`;
      const csv = csvText(Object.keys(columns), rows);
      const stored = gzipSync(csv);
      writeFileSync(join(folder, url), stored);
      const sha256 = createHash('sha256').update(csv).digest('hex');
      return { url, mandatory: true, rows: rows.length, bytes: stored.length, sha256 };
    }),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

function csvText(columns: readonly string[], rows: readonly TextRow[]): string {
  const lines = rows.map((row) => columns.map((column) => csvCell(row[column] ?? null)).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

function csvCell(value: string | null): string {
  if (value === null) return '@NULL@';
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
