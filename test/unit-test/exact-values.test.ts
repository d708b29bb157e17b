import { describe, expect, it } from 'vitest';
import { ranUnits, refused } from './unit-project.ts';

const MODELS = {
  'models/typed.yml': `sources:
  - name: typed
    tables:
      - name: rows
        columns:
          - { name: v, data_type: bigint }
          - { name: amount, data_type: "numeric(18,2)" }
          - { name: day, data_type: date }
          - { name: seen_at, data_type: timestamp }
`,
  'models/typed_rows.sql':
    'select v, amount, day, seen_at, [v] as ids, cast(v as utinyint) as small from {{source "typed" "rows"}}',
};

/** A unit test that expects these rows of the given ones. */
function test(expected: string, given = '[]'): string {
  return `  - name: exact
    model: typed_rows
    given: [{ input: "source('typed', 'rows')", rows: ${given} }]
    expect: { rows: ${expected} }
`;
}

/** What the run of such a test is told, one line a mistake. */
async function toldWhileRunning(unitTest: string): Promise<readonly string[]> {
  const { results } = await ranUnits(unitTest, MODELS);
  expect(results.map(({ status }) => status)).toEqual(['error']);
  return (results[0]?.message ?? '').split('\n');
}

describe('a written value', () => {
  it('is refused where it has more decimals than the column holds, given and expected', async () => {
    expect(
      await refused(
        test('[{ amount: 10.004 }, { amount: 10.50 }]', '[{ amount: 10.5 }, { amount: "-0.125" }]'),
        MODELS,
      ),
    ).toEqual([
      'TST-116 models/units.yml:4:84 "-0.125" has more digits behind the point than numeric(18,2) holds, and the column "amount" is of the type decimal(18,2).',
      'TST-116 models/units.yml:5:32 "10.004" has more digits behind the point than numeric(18,2) holds, and the column "amount" is of the type decimal(18,2).',
    ]);
  });

  it('may have zeros behind them', async () => {
    const { ended } = await ranUnits(test('[{ amount: "10.5000" }]', '[{ amount: "10.500" }]'), MODELS);
    expect(ended).toEqual({ exact: 'pass' });
  });

  it('of a type that is not portable is refused by the engine, at its place', async () => {
    expect(await refused(test('[{ ids: [7] }, { ids: hello }]', '[{ v: 7 }]'), MODELS)).toEqual([
      `TST-116 models/units.yml:5:43 "hello" does not fit, and the column "ids" is of the type bigint[]. | The embedded engine says: Type VARCHAR with value 'hello' can't be cast to the destination type BIGINT[].`,
    ]);
    expect(await refused(test('[{ small: 4.6 }, { small: 300 }]'), MODELS)).toEqual([
      'TST-116 models/units.yml:5:31 "4.6" is not a whole number, and the column "small" is of the type utinyint.',
    ]);
    expect(await refused(test('[{ small: 3 }, { small: 300 }]'), MODELS)).toEqual([
      expect.stringMatching(/^TST-116 models\/units\.yml:5:\d+ "300" does not fit, and the column "small"/),
    ]);
    expect(await refused(test('[{ seen_at: 2025-01-01T10:00Z }]'), MODELS)).toEqual([
      expect.stringMatching(/^TST-116 models\/units\.yml:5:\d+ "2025-01-01T10:00Z" does not fit/),
    ]);
  });
});

describe('a value of rows in SQL', () => {
  it.each([
    ['4.6 as v', '"4.6" would be rounded or cut, and the column "v" is of the type bigint'],
    ["'4.6' as v", '"4.6" is not a whole number, and the column "v" is of the type bigint'],
    ['10.004 as amount', '"10.004" would be rounded or cut, and the column "amount"'],
    ["timestamp '2025-01-01 10:00' as day", '"2025-01-01 10:00:00" would be rounded or cut'],
    ['cast(10.004 as double) as amount', '"10.004" would be rounded or cut'],
  ])('is refused where the column does not keep it: %s', async (value, told) => {
    const [given] = await refused(test('[]', `"select ${value}"`), MODELS);
    expect(given).toMatch(/^TST-116 models\/units\.yml:4:55 /);
    expect(given).toContain(told);
    expect(await toldWhileRunning(test(`"select ${value}"`, '[{ v: 5 }]'))).toEqual([
      expect.stringContaining(told),
    ]);
  });

  it('may be of another type, if the column keeps it', async () => {
    const { ended } = await ranUnits(
      test(
        `"select 5.0 as v, cast(0.1 as double) as amount, timestamp '2025-01-01' as day, '2025-01-01' as seen_at, [5] as ids"`,
        `"select '5' as v, 0.10 as amount, '2025-01-01' as day, date '2025-01-01' as seen_at"`,
      ),
      MODELS,
    );
    expect(ended).toEqual({ exact: 'pass' });
  });
});
