import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noColors } from '../../src/report/colors.ts';
import { differenceText } from '../../src/report/difference-text.ts';
import { type ComparedRow, type Difference, differenceOf } from '../../src/unit-test/difference.ts';

const COLUMNS = ['a', 'b'];
const row = fc.record({
  a: fc.option(fc.constantFrom('x', 'y', 'z')),
  b: fc.option(fc.integer({ min: 0, max: 2 }).map(BigInt)),
});
const rows = fc.array(row, { maxLength: 8 });

function shuffled<T>(values: readonly T[], order: readonly number[]): readonly T[] {
  return values
    .map((value, index) => [order[index] ?? 0, value] as const)
    .sort(([one], [other]) => one - other)
    .map(([, value]) => value);
}

function textsOf(wanted: readonly ComparedRow[]): readonly string[] {
  return wanted.map(({ a, b }) => `${a} ${b}`).sort();
}

/** What was made, worked out from what was expected and the difference. */
function applied(expected: readonly ComparedRow[], { rows: different }: Difference): readonly ComparedRow[] {
  const left = [...expected];
  const made: ComparedRow[] = [];
  for (const change of different) {
    if (change.kind !== 'unexpected') left.splice(left.indexOf(change.expected), 1);
    if (change.kind !== 'missing') made.push(change.actual);
  }
  return [...left, ...made];
}

describe('the difference of rows', () => {
  it('is none where the same rows stand as often, in any order', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (expected, order) => {
        expect(differenceOf(COLUMNS, expected, shuffled(expected, order))).toBeUndefined();
      }),
    );
  });

  it('leads from the expected rows to those that were made', () => {
    fc.assert(
      fc.property(rows, rows, (expected, actual) => {
        const difference = differenceOf(COLUMNS, expected, actual);
        const made = difference === undefined ? expected : applied(expected, difference);
        expect(textsOf(made)).toEqual(textsOf(actual));
        expect(difference?.rows.length ?? 0).toBeGreaterThanOrEqual(
          Math.abs(expected.length - actual.length),
        );
      }),
    );
  });

  it('shows a row beside the nearest that was made, and only the cells that changed', () => {
    const expected = [
      { k: '1', n: 2n, t: 'a' },
      { k: '2', n: 5n, t: 'b' },
    ];
    const actual = [
      { k: '2', n: 6n, t: 'b' },
      { k: '1', n: 2n, t: null },
    ];
    expect(differenceOf(['k', 'n', 't'], expected, actual)?.rows).toEqual([
      { kind: 'changed', expected: expected[0], actual: actual[1], columns: ['t'] },
      { kind: 'changed', expected: expected[1], actual: actual[0], columns: ['n'] },
    ]);
  });

  it('leaves out columns that are not expected', () => {
    expect(differenceOf(['x'], [], [{ x: 1, y: 2 }])?.rows).toEqual([
      { kind: 'unexpected', actual: { x: 1 } },
    ]);
  });

  it('does not tell doubles apart that differ in their last digits', () => {
    expect(differenceOf(['x'], [{ x: 0.3 }], [{ x: 0.1 + 0.2 }])).toBeUndefined();
    expect(differenceOf(['x'], [{ x: 0.3 }], [{ x: 0.31 }])).toBeDefined();
  });
});

describe('the text of a difference', () => {
  const difference = differenceOf(
    ['day', 'users'],
    [
      { day: '2025-01-01', users: 2n },
      { day: '2025-01-03', users: 2n },
    ],
    [
      { day: '2025-01-02', users: null },
      { day: '2025-01-03', users: 3n },
    ],
  );
  if (difference === undefined) throw new Error('they differ');

  it('is an aligned table', () => {
    expect(`\n${differenceText(difference, noColors)}\n`).toBe(`
            day         users
            ----------  -----
missing     2025-01-01  2
changed     2025-01-03  2 → 3
unexpected  2025-01-02  NULL
`);
  });

  it('quotes what else would not be seen, or be taken for NULL', () => {
    const texts = ['', 'NULL', ' x', 'x y'];
    const made = texts.map((text, id) => ({ id, text }));
    const rows = differenceOf(['id', 'text'], [], made) as Difference;
    const cells = differenceText(rows, noColors).split('\n').slice(2);
    expect(cells.map((line) => line.slice('unexpected  0   '.length))).toEqual([
      `''`,
      `'NULL'`,
      `' x'`,
      'x y',
    ]);
  });

  it('shows of long texts the place where they differ', () => {
    const long = 'much that stands in both of them, and then ';
    const [one, other] = [`${long}here`, `${long}there`];
    const rows = differenceOf(['id', 'x'], [{ id: 1, x: one }], [{ id: 1, x: other }]) as Difference;
    expect(differenceText(rows, noColors)).toContain('1   … and then here → … and then there');
  });

  it('says how many rows are not shown', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ x: BigInt(index) }));
    const text = differenceText(differenceOf(['x'], many, []) as Difference, noColors);
    expect(text.split('\n').slice(-2)).toEqual(['missing  19', 'and 5 more']);
  });
});
