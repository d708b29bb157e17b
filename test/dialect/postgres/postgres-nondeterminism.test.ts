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
    'select * from (select 1) as s (a), (select 2) l (b) join (select 3) m (c) on (a = c), lateral unnest(x) n (d)',
    'select * from ((select 1) l (a) cross join generate_series(1, 2) m (b)) where a in (select 1)',
    'select distinct on (a) lower(b), a from t',
    "select 'today' as label, case when d > e then 'today' else 'now' end, 'today' || x, 'today is fine' = x from t",
    "select 'today' as date, ('tomorrow') as timestamp, x -> 'today' from t",
    "select a from t where status in ('today', 'late') or status not in ('yesterday', 'today', 'never')",
    "select a from t where status = 'today'::text or status = cast('now' as varchar(10)) or status in ('today'::text)",
    "select * from (values ('today', 1), ('now', 2)) as v (label, n)",
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
    ['select distinct on (k) gen_random_uuid() as id from t', 'function gen_random_uuid()'],
    ['select distinct on (k) random () from t', 'function random()'],
    ["select timestamp 'today 06:00'", "moment 'today 06:00'"],
    ["select timestamp(0) with time zone '06:00 today'", "moment '06:00 today'"],
    ["select timestamp(0) 'now'", "moment 'now'"],
    ["select 'tomorrow zulu'::timestamp", "moment 'tomorrow zulu'"],
    ["select date('today')", "moment 'today'"],
    ["select date('today'::text)", "moment 'today'"],
    ["select timestamptz('now')", "moment 'now'"],
    ["select 'now'::text::timestamp", "moment 'now'"],
    ["select 'now'::varchar(10)::pg_catalog.timestamp(3)", "moment 'now'"],
    ["select cast('now'::text as timestamp), ('today')::date", "moment 'now'"],
    ["select ('today')::date", "moment 'today'"],
    ["select e'now'::date", "moment e'now'"],
    ['select $$now$$::date', 'moment $$now$$'],
    ["select '{today,tomorrow}'::date[]", "moment '{today,tomorrow}'"],
    ["select a from t where d >= 'yesterday'", "moment 'yesterday'"],
    ["select a from t where 'today 06:00' < d", "moment 'today 06:00'"],
    ["select a from t where d between '2020-01-01' and 'today'", "moment 'today'"],
    ["select a from t where d is distinct from 'today'", "moment 'today'"],
    ["select a from t where d in ('2020-01-01', 'today', 'tomorrow 12:00')", "moment 'today'"],
    ["select a from t where d in ('today')", "moment 'today'"],
    ["select 'today' - d", "moment 'today'"],
    ["select coalesce(d, 'today Europe/Berlin')", "moment 'today Europe/Berlin'"],
    ["select date_trunc('day', timestamp '2020-01-01') > date_trunc('day', 'now')", "moment 'now'"],
  ])('%s', (sql, reason) => {
    expect(reasons(sql)).toContain(reason);
  });
});
