import { describe, expect, test } from 'vitest';
import { canonicalTokens } from '../../../src/dialect/canonical-tokens.ts';
import { postgresDialect } from '../../../src/dialect/postgres/postgres-dialect.ts';

function reasons(sql: string): readonly string[] {
  const tokens = canonicalTokens(postgresDialect.tokenize(sql));
  return postgresDialect.nondeterminism(tokens, new Set()).map(({ reason }) => reason);
}

describe('a statement is deterministic', () => {
  test.each([
    'select distinct on (a) a, b from t order by a, b',
    'select n from generate_series(1, 3) as g (n) cross join lateral (select n + 1) as l (m)',
    "select d + interval '1 day', x::timestamp(3), cast(y as character varying(24)), interval(0) '1 day' from t",
    "select E'now()\\'', $$ random() $$, $tag$ now() $tag$ from t /* now() /* random() */ clock_timestamp() */",
    'select array(select a from t), a = any (array[1, 2]), a is not distinct from all (values (1)) from t',
    "select string_agg(a, ',' order by b) filter (where c), percentile_cont(0.5) within group (order by d) from t",
    'select * from json_to_recordset(x) as r (a integer, b text)',
    'with recursive r (n) as materialized (select 1 union all (select n + 1 from r)) select * from r',
    "select extract(year from d), trim(both ' ' from a), position('a' in b), overlay(a placing b from 1), d at time zone 'UTC'",
    'select coalesce(a, b), greatest(a, b), nullif(a, b), row(a, b), count(*) over (partition by a range between 1 preceding and current row) from t',
    'select a from t group by grouping sets ((a), ()), rollup (a), cube (a) having (count(*) > 1)',
  ])('%s', (sql) => {
    expect(reasons(sql)).toEqual([]);
  });
});

describe('a statement is not deterministic', () => {
  test.each([
    ['select now()', 'function now()'],
    ['select pg_catalog.clock_timestamp()', 'function clock_timestamp()'],
    ['select random()', 'function random()'],
    ['select gen_random_uuid()', 'function gen_random_uuid()'],
    ['select age(d)', 'function age()'],
    ['select to_tsvector(a)', 'function to_tsvector()'],
    ["select current_setting('timezone')", 'function current_setting()'],
    ['select version()', 'function version()'],
    ["select nextval('s')", 'function nextval()'],
    ['select my_function(a)', 'function my_function()'],
    ['select current_schema', 'current_schema'],
    ['select localtimestamp', 'localtimestamp'],
    ['select * from t tablesample bernoulli (10)', 'tablesample'],
    ["select 'now'::timestamp", "moment 'now'"],
    ["select timestamptz 'today'", "moment 'today'"],
  ])('%s', (sql, reason) => {
    expect(reasons(sql)).toContain(reason);
  });
});
