import { describe, expect, it } from 'vitest';
import { compileDataTest } from '../../src/data-test/compile-data-test.ts';
import { type FusedPart, fusedQuery } from '../../src/data-test/fused-part.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { fixtureCompilation, genericTestNode } from '../compile/fixture-manifest.ts';
import type { Declared } from './test-bench.ts';

/** The part of a test on the model `tested`, which stands in a project with the model `other` and the ephemeral `short`. */
function partOf(name: string, declared: Declared, dialect = postgresDialect): FusedPart | undefined {
  const node = genericTestNode(name, declared);
  const { compilation, diagnostics } = fixtureCompilation({
    dialect,
    models: {
      tested: 'select 1',
      other: 'select 1',
      short: { sql: 'select 1', materialized: 'ephemeral' },
    },
    tests: [node],
    variables: { as_of_date: '2025-12-31' },
  });
  const part = compileDataTest(compilation, node)?.part;
  expect(diagnostics).toEqual([]);
  return part;
}

function queryOf(...uses: readonly (readonly [string, Declared])[]): string {
  const parts = uses.map(([name, declared]) => {
    const part = partOf(name, declared);
    if (part === undefined) throw new Error(`${name} takes no part.`);
    return part;
  });
  return fusedQuery('analytics.tested', parts);
}

const isTrue = (expression: string, where?: string): Declared => ({
  arguments: { expression },
  ...(where !== undefined && { config: { where } }),
});

describe('A query that tests share', () => {
  it('counts rows in one scan', () => {
    const values = { column: 'plan', arguments: { values: ['basic', "o'pro"] } };
    expect(queryOf(['not_null', { column: 'id' }], ['accepted_values', values])).toBe(`\
select
  count(case when id is null then 1 end) as failures_1,
  count(case when plan not in ('basic', 'o''pro') then 1 end) as failures_2
from analytics.tested`);
  });

  it('takes a filter into the case', () => {
    const declared = {
      column: 'n',
      arguments: { min_value: 1, max_value: 5 },
      config: { where: "plan = 'a'" },
    };
    expect(queryOf(['accepted_range', declared])).toBe(`\
select
  count(case when (plan = 'a') and (n < 1 or n > 5) then 1 end) as failures_1
from analytics.tested`);
  });

  it('judges aggregates outside of the scan, where a bound sees no column', () => {
    const filtered = { column: 'n', arguments: { max_value: 5 }, config: { where: 'n > 0' } };
    const rows = { arguments: { min_value: 1 }, config: { where: 'n > 0' } };
    expect(
      queryOf(['sum_in_range', filtered], ['not_null', { column: 'id' }], ['row_count_between', rows]),
    ).toBe(`\
select
  case when measure_1 > 5 then 1 else 0 end as failures_1,
  failures_2,
  failures_3
from (
select
  sum(case when n > 0 then n end) as measure_1,
  count(case when id is null then 1 end) as failures_2,
  case when count(case when n > 0 then 1 end) < 1 then 1 else 0 end as failures_3
from analytics.tested
) as measured`);
  });
});

describe('A test takes no part in a shared query', () => {
  it('where its engine gains nothing by it', () => {
    expect(partOf('not_null', { column: 'id' }, duckdbDialect)).toBeUndefined();
  });

  it.each<[string, string, Declared]>([
    ['is of groups', 'at_least_one', { column: 'a', arguments: { group_by_columns: ['b'] } }],
    ['sorts', 'median_in_range', { column: 'a', arguments: { min_value: 1 } }],
    ['counts different values', 'distinct_count_between', { column: 'a', arguments: { min_value: 1 } }],
    ['groups by its column', 'unique', { column: 'a' }],
    ['reads another relation', 'expression_is_true', isTrue('a in (select id from {{ref "other"}})')],
    ['reads its relation twice', 'expression_is_true', isTrue('a in (select id from {{ref "tested"}})')],
    ['reads an ephemeral model', 'expression_is_true', isTrue('a in (select id from {{ref "short"}})')],
    ['names its relation', 'expression_is_true', isTrue('tested.a > 0')],
    ['ends in a comment', 'expression_is_true', isTrue('a > 0', 'b > 0 -- only those')],
  ])('when it %s', (_, name, declared) => {
    expect(partOf(name, declared)).toBeUndefined();
  });
});
