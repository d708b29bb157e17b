import { beforeAll, describe, expect, test } from 'vitest';
import { compileDataTest } from '../../src/data-test/compile-data-test.ts';
import type { YamlValue } from '../../src/project/project.ts';
import { fixtureCompilation, genericTestNode, modelId } from '../compile/fixture-manifest.ts';
import { describeEngines } from '../support/engines.ts';
import { type Declared, failuresOf as failuresOnEngine, rows, sqlOf as sqlOnDialect } from './test-bench.ts';

/** `values('a, b', '1, 2')`: no cell holds a comma. */
function values(columns: string, ...cells: readonly string[]): string {
  return rows(columns.replaceAll(',', ''), ...cells.map((row) => row.split(', ')));
}

describeEngines('The generic tests', (engine) => {
  beforeAll(async () => {
    await engine.session.execute('create schema analytics');
  });

  const sqlOf = (name: string, declared: Declared) => sqlOnDialect(engine.dialect, name, declared);
  const failuresOf = (name: string, declared: Declared, tested: string, other = 'select 1 as id') =>
    failuresOnEngine(engine, name, declared, { tested, other });

  describe('unique', () => {
    test('reads as a person would type it', () => {
      expect(sqlOf('unique', { column: 'id' })).toBe(`\
select
  id,
  count(*) as occurrences
from analytics.tested
where id is not null
group by id
having count(*) > 1`);
    });

    test('passes where no value stands twice, NULLs aside', async () => {
      expect(await failuresOf('unique', { column: 'id' }, values('id', '1', '2', 'null', 'null'))).toEqual(
        [],
      );
    });

    test('fails once for every value that stands more than once', async () => {
      const failures = await failuresOf('unique', { column: 'id' }, values('id', '1', '1', '1', '2'));
      expect(failures).toEqual([{ id: 1, occurrences: 3 }]);
    });

    test('a column that is a keyword is quoted, one with capitals is not', async () => {
      const tested = 'select 1 as "order", 2 as UserId union all select 1, 3';
      expect(await failuresOf('unique', { column: 'order' }, tested)).toEqual([{ order: 1, occurrences: 2 }]);
      expect(await failuresOf('unique', { column: 'UserId' }, tested)).toEqual([]);
      expect(sqlOf('unique', { column: 'order id' })).toContain('group by "order id"');
    });
  });

  describe('not_null', () => {
    test('reads as a person would type it', () => {
      expect(sqlOf('not_null', { column: 'id' })).toBe('select *\nfrom analytics.tested\nwhere id is null');
    });

    test('passes where there is no NULL', async () => {
      expect(await failuresOf('not_null', { column: 'id' }, values('id', '1', '2'))).toEqual([]);
    });

    test('fails with the whole row', async () => {
      const failures = await failuresOf('not_null', { column: 'b' }, values('a, b', '1, 2', '3, null'));
      expect(failures).toEqual([{ a: 3, b: null }]);
    });
  });

  describe('accepted_values', () => {
    test('reads as a person would type it', () => {
      const declared = { column: 'plan', arguments: { values: ['basic', "o'pro"] } };
      expect(sqlOf('accepted_values', declared)).toBe(`\
select
  plan,
  count(*) as occurrences
from analytics.tested
where plan not in ('basic', 'o''pro')
group by plan`);
    });

    test('passes where all values are listed, NULLs aside', async () => {
      const declared = { column: 'plan', arguments: { values: ['basic', 'pro'] } };
      expect(
        await failuresOf('accepted_values', declared, values('plan', "'basic'", "'pro'", 'null')),
      ).toEqual([]);
    });

    test('fails once for every other value', async () => {
      const declared = { column: 'n', arguments: { values: [1, 2] } };
      const failures = await failuresOf('accepted_values', declared, values('n', '1', '3', '3'));
      expect(failures).toEqual([{ n: 3, occurrences: 2 }]);
    });

    test('values are quoted, numbers too, unless quote says no', () => {
      const sqlWith = (list: Declared['arguments'] = {}) =>
        sqlOf('accepted_values', { column: 'n', arguments: list });
      expect(sqlWith({ values: [1, true] })).toContain("n not in ('1', 'true')");
      expect(sqlWith({ values: ['1 + 1', 2], quote: false })).toContain('n not in (1 + 1, 2)');
    });
  });

  describe('relationships', () => {
    const declared = { column: 'user_id', arguments: { to: modelId('other'), field: 'id' } };

    test('reads as a person would type it', () => {
      expect(sqlOf('relationships', declared)).toBe(`\
select child.*
from analytics.tested as child
left join analytics.other as parent
  on child.user_id = parent.id
where child.user_id is not null
  and parent.id is null`);
    });

    test('passes where every value has a parent, NULLs aside', async () => {
      const tested = values('user_id', '1', '1', '2', 'null');
      expect(
        await failuresOf('relationships', declared, tested, values('id', '1', '2', '2', 'null')),
      ).toEqual([]);
    });

    test('fails for every row without a parent', async () => {
      const tested = values('user_id', '1', '3', '3');
      const failures = await failuresOf('relationships', declared, tested, values('id', '1', 'null'));
      expect(failures).toEqual([{ user_id: 3 }, { user_id: 3 }]);
    });
  });

  describe('expression_is_true', () => {
    test('reads as a person would type it', () => {
      expect(sqlOf('expression_is_true', { arguments: { expression: 'a <= b' } })).toBe(
        'select *\nfrom analytics.tested\nwhere not (a <= b)',
      );
    });

    test('passes where the condition is true or NULL', async () => {
      const declared = { arguments: { expression: 'a <= b or a = 9' } };
      expect(
        await failuresOf('expression_is_true', declared, values('a, b', '1, 2', '9, 1', 'null, 1')),
      ).toEqual([]);
    });

    test('fails for every row in which it is false', async () => {
      const declared = { column: 'a', arguments: { expression: '<= b' } };
      const failures = await failuresOf('expression_is_true', declared, values('a, b', '1, 2', '3, 2'));
      expect(failures).toEqual([{ a: 3, b: 2 }]);
    });
  });

  describe('a list of expressions', () => {
    const declared = { arguments: { expression: ['a <= b', 'b <> 9 -- never'] } };

    test('reads as a person would type it', () => {
      expect(sqlOf('expression_is_true', declared)).toBe(
        'select *\nfrom analytics.tested\nwhere not (a <= b)\n  or not (b <> 9)',
      );
    });

    test('fails for every row in which one of them is false', async () => {
      const tested = values('a, b', '1, 2', '3, 2', '1, 9', 'null, 8');
      const failures = await failuresOf('expression_is_true', declared, tested);
      expect(failures.map(({ a, b }) => `${a} ${b}`).sort()).toEqual(['1 9', '3 2']);
    });
  });

  describe('accepted_range', () => {
    test('reads as a person would type it', () => {
      const declared = { column: 'rate', arguments: { min_value: 0, max_value: '1.0' } };
      expect(sqlOf('accepted_range', declared)).toBe(
        'select *\nfrom analytics.tested\nwhere rate < 0\n  or rate > 1.0',
      );
    });

    test('passes where all values lie between the bounds, NULLs aside', async () => {
      const declared = { column: 'n', arguments: { min_value: 1, max_value: 'top' } };
      const tested = values('n, top', '1, 2', '5, 5', 'null, 1');
      expect(await failuresOf('accepted_range', declared, tested)).toEqual([]);
    });

    test('fails for every value outside, and for the bounds if they are exclusive', async () => {
      const tested = values('n', '0', '1', '2');
      const inclusive = { column: 'n', arguments: { min_value: 1 } };
      const exclusive = { column: 'n', arguments: { min_value: 1, inclusive: false } };
      expect(await failuresOf('accepted_range', inclusive, tested)).toEqual([{ n: 0 }]);
      expect(await failuresOf('accepted_range', exclusive, tested)).toEqual([{ n: 0 }, { n: 1 }]);
    });
  });

  describe('unique_combination_of_columns', () => {
    const declared = { arguments: { combination_of_columns: ['a', "date_trunc('month', d)"] } };

    test('reads as a person would type it', () => {
      expect(sqlOf('unique_combination_of_columns', declared)).toBe(`\
select
  a,
  date_trunc('month', d),
  count(*) as occurrences
from analytics.tested
group by a, date_trunc('month', d)
having count(*) > 1`);
    });

    test('passes where all combinations differ', async () => {
      const tested = values('a, d', "1, date '2025-01-01'", "1, date '2025-02-01'", "2, date '2025-01-01'");
      expect(await failuresOf('unique_combination_of_columns', declared, tested)).toEqual([]);
    });

    test('fails for every combination that stands more than once, also with NULL', async () => {
      const tested = values('a, b', '2, 1', '1, null', '1, null');
      const columns = { arguments: { combination_of_columns: ['a', 'b'] } };
      expect(await failuresOf('unique_combination_of_columns', columns, tested)).toEqual([
        { a: 1, b: null, occurrences: 2 },
      ]);
    });
  });

  describe('not_null_proportion', () => {
    const declared = { column: 'a', arguments: { at_least: 0.6, at_most: 0.9, group_by_columns: 'g' } };

    test('reads as a person would type it', () => {
      expect(sqlOf('not_null_proportion', declared)).toBe(`\
select
  g,
  count(*) as row_count,
  count(a) as not_null_count
from analytics.tested
group by g
having count(a) < 0.6 * count(*)
  or count(a) > 0.9 * count(*)`);
    });

    test('passes between the bounds and for an empty relation', async () => {
      const half = { column: 'a', arguments: { at_least: 0.5 } };
      expect(await failuresOf('not_null_proportion', half, values('a', '1', 'null'))).toEqual([]);
      expect(await failuresOf('not_null_proportion', half, 'select 1 as a where false')).toEqual([]);
    });

    test('fails for every group with too few or too many', async () => {
      const tested = values(
        'g, a',
        "'few', 1",
        "'few', null",
        "'all', 1",
        "'ok', 1",
        "'ok', 1",
        "'ok', null",
      );
      const failures = await failuresOf('not_null_proportion', declared, tested);
      expect(failures.map((row) => row['g']).sort()).toEqual(['all', 'few']);
    });
  });

  describe('recency', () => {
    const declared = { arguments: { datepart: 'day', field: 'loaded_at', interval: 1 } };

    test('counts back from the var as_of_date, and looks at no rows after it', () => {
      const sql = sqlOf('recency', declared);
      expect(sql).toContain(`\
select *
from (
  select
    max(case when loaded_at < date '2026-01-01' then loaded_at end) as most_recent
  from analytics.tested
) as measured
where most_recent is null
  or most_recent < `);
      expect(sql).toContain("date '2025-12-31'");
    });

    test('rows after that day do not make up for rows that are missing on it', async () => {
      const late = "timestamp '2026-01-01 00:00:00'";
      const stale = values('loaded_at', "timestamp '2025-12-29 23:59:59'", late);
      expect(await failuresOf('recency', declared, stale)).toHaveLength(1);
      expect(await failuresOf('recency', declared, values('loaded_at', late))).toEqual([
        { most_recent: null },
      ]);
      const dated = { arguments: { ...declared.arguments, field: 'd' } };
      expect(await failuresOf('recency', dated, values('d', "date '2026-01-01'"))).toHaveLength(1);
      expect(await failuresOf('recency', dated, values('d', "date '2025-12-31'"))).toEqual([]);
      const withinDay = values('loaded_at', "timestamp '2025-12-31 23:59:59'");
      expect(await failuresOf('recency', declared, withinDay)).toEqual([]);
    });

    test('passes where the newest row is near enough', async () => {
      const tested = values(
        'loaded_at',
        "timestamp '2025-12-30 00:00:00'",
        "timestamp '2020-01-01 00:00:00'",
      );
      expect(await failuresOf('recency', declared, tested)).toEqual([]);
    });

    test('fails where it is too old, by group, and for an empty relation', async () => {
      const tested = values(
        'g, loaded_at',
        "1, timestamp '2025-12-29 23:59:59'",
        "2, timestamp '2025-12-30 00:00:00'",
      );
      const grouped = { arguments: { ...declared.arguments, group_by_columns: ['g'] } };
      expect(await failuresOf('recency', grouped, tested)).toMatchObject([{ g: 1 }]);
      expect(
        await failuresOf('recency', declared, "select timestamp '2025-12-31' as loaded_at where false"),
      ).toHaveLength(1);
    });

    test('without an as_of_date it is a diagnostic', () => {
      const node = genericTestNode('recency', declared);
      const { compilation, diagnostics } = fixtureCompilation({
        models: { tested: 'select 1' },
        tests: [node],
      });
      expect(compileDataTest(compilation, node)).toBeUndefined();
      expect(diagnostics).toMatchObject([{ code: 'TST-002', hint: expect.stringContaining('as_of_date:') }]);
    });
  });

  describe('row_count_between', () => {
    test('reads as a person would type it', () => {
      expect(sqlOf('row_count_between', { arguments: { min_value: 1, max_value: 5 } })).toBe(`\
select
  count(*) as row_count
from analytics.tested
having count(*) < 1
  or count(*) > 5`);
    });

    test('passes between the bounds', async () => {
      const declared = { arguments: { min_value: 2, max_value: 2 } };
      expect(await failuresOf('row_count_between', declared, values('a', '1', '2'))).toEqual([]);
    });

    test('fails where there are not more rows than that', async () => {
      const declared = { arguments: { more_than: 2 } };
      expect(sqlOf('row_count_between', declared)).toContain('having count(*) <= 2');
      expect(await failuresOf('row_count_between', declared, values('a', '1', '2', '3'))).toEqual([]);
      expect(await failuresOf('row_count_between', declared, values('a', '1', '2'))).toEqual([
        { row_count: 2 },
      ]);
    });

    test('fails with the count', async () => {
      const declared = { arguments: { min_value: 1 } };
      const failures = await failuresOf('row_count_between', declared, 'select 1 as a where false');
      expect(failures).toEqual([{ row_count: 0 }]);
    });
  });

  describe('no_date_gaps', () => {
    test('reads as a person would type it', () => {
      const sql = sqlOf('no_date_gaps', { column: 'd', arguments: { group_by_columns: ['slice'] } });
      expect(sql).toMatch(/^select \*\nfrom \(\n {2}select\n {4}slice as group_1,\n {4}d as last_date,\n/);
      expect(sql).toContain(
        'lead(d) over (partition by slice order by d) as next_date\n  from analytics.tested',
      );
    });

    test('passes where dates follow each other, also over a month with other lengths', async () => {
      const days = values(
        'd',
        "date '2024-02-28'",
        "date '2024-02-29'",
        "date '2024-02-29'",
        "date '2024-03-01'",
        'null',
      );
      const months = values('d', "date '2024-01-01'", "date '2024-02-01'", "date '2024-03-01'");
      expect(await failuresOf('no_date_gaps', { column: 'd' }, days)).toEqual([]);
      expect(
        await failuresOf('no_date_gaps', { column: 'd', arguments: { datepart: 'month' } }, months),
      ).toEqual([]);
    });

    test('fails at every hole, by group', async () => {
      const tested = values('g, d', "1, date '2024-01-01'", "2, date '2024-01-02'", "1, date '2024-01-03'");
      expect(await failuresOf('no_date_gaps', { column: 'd' }, tested)).toEqual([]);
      const grouped = { column: 'd', arguments: { group_by_columns: 'g' } };
      expect(await failuresOf('no_date_gaps', grouped, tested)).toEqual([
        { group_1: 1, last_date: '2024-01-01', next_date: '2024-01-03' },
      ]);
    });
  });

  describe('mutually_exclusive_ranges', () => {
    const bounds = { lower_bound_column: 'low', upper_bound_column: 'high' };
    const apart = values('k, low, high', '1, 0, 2', '1, 3, 4', '2, 0, 9', '1, 4, null');

    function ranges(more: Readonly<Record<string, YamlValue>> = {}): Declared {
      return { arguments: { ...bounds, partition_by: 'k', ...more } };
    }

    test('reads as a person would type it', () => {
      expect(sqlOf('mutually_exclusive_ranges', ranges({ gaps: 'not_allowed' }))).toBe(`\
select *
from (
  select
    k as partition_1,
    low as lower_bound,
    high as upper_bound,
    lead(low) over (partition by k order by low, high) as next_lower_bound
  from analytics.tested
) as ranges
where lower_bound is null
  or lower_bound >= upper_bound
  or next_lower_bound <> upper_bound
  or (upper_bound is null and next_lower_bound is not null)`);
    });

    test('passes where ranges lie apart', async () => {
      expect(await failuresOf('mutually_exclusive_ranges', ranges(), apart)).toEqual([]);
    });

    test('gaps may be forbidden or asked for', async () => {
      const forbidden = await failuresOf('mutually_exclusive_ranges', ranges({ gaps: 'not_allowed' }), apart);
      const asked = await failuresOf('mutually_exclusive_ranges', ranges({ gaps: 'required' }), apart);
      expect(forbidden.map((row) => row['lower_bound'])).toEqual([0]);
      expect(asked.map((row) => row['lower_bound'])).toEqual([3]);
    });

    test.each([
      ['overlap', values('k, low, high', '1, 0, 3', '1, 2, 4')],
      ['begin together', values('k, low, high', '1, 0, 3', '1, 0, 4')],
      ['lie inside one another', values('k, low, high', '1, 0, 9', '1, 2, 4')],
      ['end before they begin', values('k, low, high', '1, 3, 2')],
      ['are open though another follows', values('k, low, high', '1, 0, null', '1, 2, 4')],
      ['have no beginning', values('k, low, high', '1, cast(null as integer), 4')],
    ])('fails where ranges %s', async (_, tested) => {
      expect(await failuresOf('mutually_exclusive_ranges', ranges(), tested)).toHaveLength(1);
    });

    test('an empty range fails unless it is allowed', async () => {
      const tested = values('k, low, high', '1, 2, 2', '1, 2, 3');
      expect(await failuresOf('mutually_exclusive_ranges', ranges(), tested)).toHaveLength(1);
      const allowed = ranges({ zero_length_range_allowed: true });
      expect(await failuresOf('mutually_exclusive_ranges', allowed, tested)).toEqual([]);
    });
  });

  describe('reconcile', () => {
    const sums = { compare_to: modelId('other'), expression: 'sum(n)', group_by: 'k' };

    test('reads as a person would type it', () => {
      const declared = {
        arguments: {
          ...sums,
          compare_expression: 'sum(amount)',
          compare_group_by: ["date_trunc('day', at)"],
          compare_where: 'amount > 0',
          tolerance: 0.005,
        },
        config: { where: 'n > 0' },
      };
      expect(sqlOf('reconcile', declared)).toBe(`\
select
  k,
  tested_value,
  compared_value
from (
  select
    k,
    tested_value,
    coalesce(compared_value, lead(compared_value) over (partition by k order by side)) as compared_value,
    row_number() over (partition by k order by side) as place
  from (
    select
      k,
      1 as side,
      sum(n) as tested_value,
      null as compared_value
    from (
      select *
      from analytics.tested
      where n > 0
    ) as tested
    group by k
    union all
    select
      date_trunc('day', at) as k,
      2 as side,
      null as tested_value,
      sum(amount) as compared_value
    from (
      select *
      from analytics.other
      where amount > 0
    ) as tested
    group by date_trunc('day', at)
  ) as sides
) as pairs
where place = 1
  and (abs(tested_value - compared_value) > 0.005 or (tested_value is null) <> (compared_value is null))`);
    });

    test('passes where every group agrees, NULL with NULL too', async () => {
      const tested = values('k, n', '1, 2', '1, 3', 'null, 1', '7, null');
      const other = values('k, n', '1, 5', 'null, 1', '7, null');
      expect(await failuresOf('reconcile', { arguments: sums }, tested, other)).toEqual([]);
    });

    test('passes within the tolerance', async () => {
      const declared = { arguments: { ...sums, tolerance: 1 } };
      expect(await failuresOf('reconcile', declared, values('k, n', '1, 5'), values('k, n', '1, 6'))).toEqual(
        [],
      );
    });

    test('fails for every group that differs or that one side lacks', async () => {
      const tested = values('k, n', '1, 5', '2, 5', '3, 5');
      const other = values('k, n', '1, 5', '2, 6', '4, 0');
      const failures = await failuresOf('reconcile', { arguments: sums }, tested, other);
      expect(failures.map((row) => row['k']).sort()).toEqual([2, 3, 4]);
      const zero = { arguments: { ...sums, missing_as_zero: true } };
      expect((await failuresOf('reconcile', zero, tested, other)).map((row) => row['k']).sort()).toEqual([
        2, 3,
      ]);
    });

    test('compares conditions, which some engines take no max of', async () => {
      const declared = {
        arguments: { compare_to: modelId('other'), expression: 'bool_or(n > 1)', group_by: 'k' },
      };
      const tested = values('k, n', '1, 5', '2, 5', '3, 1', '4, null', '5, 1');
      const other = values('k, n', '1, 2', '2, 0', '3, 0', '4, null', '5, null');
      const failures = await failuresOf('reconcile', declared, tested, other);
      expect([...failures].sort((a, b) => Number(a['k']) - Number(b['k']))).toEqual([
        { k: 2, tested_value: true, compared_value: false },
        { k: 5, tested_value: false, compared_value: null },
      ]);
    });

    test('without groups it compares the totals', async () => {
      const declared = { arguments: { compare_to: modelId('other'), expression: 'count(*)' } };
      const two = values('a', '1', '2');
      expect(await failuresOf('reconcile', declared, two, two)).toEqual([]);
      expect(await failuresOf('reconcile', declared, two, values('a', '1'))).toEqual([
        { tested_value: 2, compared_value: 1 },
      ]);
    });
  });
});
