import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scalar } from '../../src/dialect/dialect.ts';
import { noColors } from '../../src/report/colors.ts';
import { rowsCsv } from '../../src/report/rows-csv.ts';
import { rowsJson } from '../../src/report/rows-json.ts';
import { tableText } from '../../src/report/table-text.ts';
import { textWidth } from '../../src/report/text-width.ts';

function resultOf(columns: Record<string, string>, ...rows: readonly (readonly Scalar[])[]) {
  const names = Object.keys(columns);
  return {
    columns: names.map((name) => ({ name, type: columns[name] ?? '' })),
    rows: rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))),
  };
}

const DAILY = resultOf(
  { activity_date: 'DATE', dau: 'BIGINT', mrr: 'DECIMAL(18,2)', plan: 'VARCHAR' },
  ['2025-01-01', 12n, '1234.50', 'pro'],
  ['2025-01-02', 3n, null, ''],
);

describe('tableText', () => {
  test('aligns numbers to the right and texts to the left', () => {
    expect(tableText(DAILY, noColors)).toBe(`\
activity_date  dau      mrr  plan
-------------  ---  -------  ----
2025-01-01      12  1234.50  pro
2025-01-02       3     NULL`);
  });

  test('cuts wide values, counts wide characters as two columns, and shows line feeds', () => {
    const result = resultOf(
      { name: 'VARCHAR', n: 'INTEGER' },
      ['x'.repeat(50), 1],
      ['東京', 2],
      ['a\nb\tc', 3],
    );
    expect(tableText(result, noColors, 10)).toBe(`\
name        n
----------  -
xxxxxxxxx…  1
東京        2
a↵b c       3`);
  });

  test('folds a table that is wider than the terminal, each part with the first column', () => {
    expect(tableText(DAILY, noColors, 40, 28)).toBe(`\
activity_date  dau      mrr
-------------  ---  -------
2025-01-01      12  1234.50
2025-01-02       3     NULL

activity_date  plan
-------------  ----
2025-01-01     pro
2025-01-02`);
  });

  test('folding loses no column and no row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), (columns, width) => {
        const names = Array.from({ length: columns }, (_, index) => `column_${index}`);
        const result = resultOf(
          Object.fromEntries(names.map((name) => [name, 'VARCHAR'])),
          names.map((_, index) => `value_${index}`),
        );
        const words = new Set(tableText(result, noColors, 40, width).split(/\s+/));
        for (const [index, name] of names.entries()) {
          expect(words).toContain(name);
          expect(words).toContain(`value_${index}`);
        }
      }),
    );
  });

  test('shows the header of no rows', () => {
    expect(tableText(resultOf({ a: 'DATE', bb: 'INTEGER' }), noColors)).toBe('a  bb\n-  --');
  });

  test('no value can steer the terminal or break the alignment', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (values) => {
        const text = tableText(resultOf({ a: 'VARCHAR' }, ...values.map((value) => [value])), noColors, 12);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
        expect(text.split('\n')).toHaveLength(values.length + 2);
        for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('rowsJson', () => {
  test('is one array; integers and decimals are numbers with all their digits', () => {
    const result = resultOf(
      { day: 'DATE', n: 'HUGEINT', mrr: 'DECIMAL(18,2)', zip: 'VARCHAR', ok: 'BOOLEAN', x: 'DOUBLE' },
      ['2025-01-01', 123456789012345678901n, '1234.50', '01234', true, 1.5],
      ['2025-01-02', null, null, 'say "hi"', false, Number.NaN],
    );
    expect(rowsJson(result)).toBe(`\
[
  {"day": "2025-01-01", "n": 123456789012345678901, "mrr": 1234.50, "zip": "01234", "ok": true, "x": 1.5},
  {"day": "2025-01-02", "n": null, "mrr": null, "zip": "say \\"hi\\"", "ok": false, "x": "NaN"}
]`);
    expect(rowsJson(resultOf({ a: 'DATE' }))).toBe('[]');
  });

  test('is always JSON that holds the texts as they were', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ unit: 'binary' })), (name, values) => {
        const result = {
          columns: [{ name, type: 'VARCHAR' }],
          rows: values.map((value) => ({ [name]: value })),
        };
        fc.pre(name !== '__proto__');
        expect(JSON.parse(rowsJson(result))).toEqual(values.map((value) => ({ [name]: value })));
      }),
    );
  });
});

describe('rowsCsv', () => {
  test('quotes what must be quoted and tells NULL from the empty string', () => {
    const result = resultOf({ a: 'VARCHAR', 'b,c': 'BIGINT' }, ['x "y"\nz', 1n], ['', null], [null, 2n]);
    expect(rowsCsv(result)).toBe('a,"b,c"\n"x ""y""\nz",1\n"",\n,2\n');
  });
});
