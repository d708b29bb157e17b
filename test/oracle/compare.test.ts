import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import type { PublishedRelation } from './published-columns.ts';

const RELATION: PublishedRelation = {
  key: ['day', 'slice'],
  columns: { day: 'date', slice: 'varchar', users: 'bigint' },
};
const row = (day: string, slice: string, users: string | null) => ({ day, slice, users });

test('rows in another order are the same', () => {
  const rows = [row('2025-01-01', 'all', '3'), row('2025-01-01', 'web', null)];
  expect(compare(RELATION, rows, [...rows].reverse())).toEqual([]);
});

test('missing, unexpected and doubled rows and changed cells are told apart', () => {
  const expected = [
    row('2025-01-01', 'all', '3'),
    row('2025-01-02', 'all', null),
    row('2025-01-03', 'all', '4'),
  ];
  const actual = [
    row('2025-01-02', 'all', '0'),
    row('2025-01-03', 'all', '4'),
    row('2025-01-03', 'all', '4'),
  ];
  expect(compare(RELATION, expected, actual)).toEqual([
    {
      key: ['2025-01-01', 'all'],
      kind: 'missing',
      column: '',
      expected: '{"day":"2025-01-01","slice":"all","users":"3"}',
      actual: '',
    },
    { key: ['2025-01-02', 'all'], kind: 'changed', column: 'users', expected: 'NULL', actual: '0' },
    {
      key: ['2025-01-03', 'all'],
      kind: 'unexpected',
      column: '',
      expected: '',
      actual: '{"day":"2025-01-03","slice":"all","users":"4"}',
    },
  ]);
});
