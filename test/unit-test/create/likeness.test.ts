import { expect, test } from 'vitest';
import { duckdbDialect } from '../../../src/dialect/duckdb/duckdb-dialect.ts';
import { containsRows, type Likeness } from '../../../src/unit-test/create/likeness.ts';
import type { Row } from '../../../src/warehouse/warehouse.ts';

const COLUMNS = [
  { name: 'day', type: 'DATE' },
  { name: 'users', type: 'BIGINT' },
  { name: 'rate', type: 'DECIMAL(18,6)' },
  { name: 'mail', type: 'VARCHAR' },
];
const WANTED = { day: '2024-01-05', users: 40, rate: '0.50', mail: 'ada' };

const finds = (made: readonly Row[], likeness: Likeness, wanted: readonly Row[] = [WANTED], exact = '') =>
  containsRows({ columns: COLUMNS, rows: made }, wanted, likeness, {
    dialect: duckdbDialect,
    exact: new Set([exact]),
    masked: new Set(['mail']),
  });

test.each<[Partial<Record<keyof typeof WANTED, Row[string]>>, readonly Likeness[]]>([
  [{ rate: '0.500000', mail: 'masked_1' }, ['same', 'alike', 'akin']],
  [{ users: 2 }, ['alike', 'akin']],
  [{ users: 2, day: '2024-02-01' }, ['akin']],
  [{ users: 0 }, []],
  [{ rate: null }, []],
  [{ mail: null }, []],
])('A row that differs by %j is found as %j', (change, expected) => {
  const made = [{ ...WANTED, ...change }];
  expect((['same', 'alike', 'akin'] as const).filter((likeness) => finds(made, likeness))).toEqual(expected);
});

test('Columns of the condition are the same in any case, and each row is found once', () => {
  const other = { ...WANTED, users: 2 };
  expect(finds([other], 'akin', [WANTED], 'users')).toBe(false);
  expect(finds([WANTED, other], 'alike', [WANTED, WANTED])).toBe(true);
  expect(finds([WANTED], 'same', [WANTED, WANTED])).toBe(false);
});
