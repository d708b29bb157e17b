import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatColumnType } from '../../src/dialect/column-type.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { type Catalog, readCatalog } from '../../src/warehouse/catalog.ts';
import { PUBLISHED, type PublishedRows, RELATION_NAMES } from './published-columns.ts';
import { ReferenceProject } from './reference-project.ts';
import { cell, required, type TextRow } from './text-row.ts';

const OPTIONS = { asOf: '2025-06-30', timezone: 'UTC' };

describe('the published relations', () => {
  const project = new ReferenceProject();
  let catalog: Catalog;
  let published: PublishedRows;

  beforeAll(async () => {
    await project.build({
      ...OPTIONS,
      generate: { seed: 31, days: 90, users: 90, asOf: OPTIONS.asOf },
      dataTests: true,
    });
    catalog = await project.query((session) => readCatalog(session, duckdbDialect, ['analytics']));
    published = await project.published();
  }, 300_000);
  afterAll(() => project.remove());

  test.each(RELATION_NAMES)('%s has exactly its columns, in order and with their types', (name) => {
    const columns = catalog.find({ schema: 'analytics', name })?.columns ?? [];
    const found = columns.map(({ name, type, engineType }) => [
      name,
      type === undefined ? engineType : formatColumnType(type),
    ]);
    expect(found).toEqual(Object.entries(PUBLISHED[name].columns));
  });

  test.each(RELATION_NAMES)('%s has its key once in each row, and no NULL or empty text in it', (name) => {
    const keys = published[name].map((row) => PUBLISHED[name].key.map((column) => required(row, column)));
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length);
    expect(keys.filter((key) => key.some((part) => ['', 'None'].includes(part)))).toEqual([]);
    expect(keys.length).toBeGreaterThan(0);
  });

  test('what tall_table calls summable over slice values adds up to the whole', () => {
    const sums = new Map<string, SliceSums>();
    for (const row of published.tall_table.filter((each) => required(each, 'additivity') !== 'none')) {
      const key = ['metric_date', 'grain', 'metric'].map((column) => cell(row, column)).join(' ');
      const sum: SliceSums = sums.get(key) ?? { whole: undefined, slices: new Map() };
      sums.set(key, sum);
      const slice = required(row, 'slice');
      if (slice === 'all') sum.whole = millionths(row);
      else sum.slices.set(slice, (sum.slices.get(slice) ?? 0n) + millionths(row));
    }
    const wrong = [...sums].filter(
      ([, { whole, slices }]) => whole !== undefined && [...slices.values()].some((sum) => sum !== whole),
    );
    expect(wrong).toEqual([]);
    expect([...sums.values()].filter(({ slices }) => slices.size === 2).length).toBeGreaterThan(0);
  });

  test('the losses by reason add up to what was cancelled by day', () => {
    const byMonth = sumsBy(published.arr_cancelled_by_reason, 'month_start', 'amount');
    const all = published.arr.filter((row) => row['slice'] === 'all');
    expect(byMonth).toEqual(sumsBy(all, 'as_of_day', 'arr_cancelled'));
  });
});

/** One metric of one period: of everything, and summed over the values of each slice. */
interface SliceSums {
  whole: bigint | undefined;
  readonly slices: Map<string, bigint>;
}

function millionths(row: TextRow): bigint {
  return BigInt(required(row, 'value').replace('.', ''));
}

/** Cents by month. */
function sumsBy(rows: readonly TextRow[], date: string, amount: string): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const row of rows) {
    const month = required(row, date).slice(0, 7);
    sums[month] = (sums[month] ?? 0n) + BigInt(required(row, amount).replace('.', ''));
  }
  return sums;
}
