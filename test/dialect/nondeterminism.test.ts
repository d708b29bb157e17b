import { describe, expect, test } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';

function reasons(sql: string, ...declared: string[]): readonly string[] {
  return duckdbDialect
    .nondeterminism(duckdbDialect.tokenize(sql), new Set(declared))
    .map(({ reason }) => reason);
}

describe('a statement is deterministic', () => {
  test.each([
    'select 1',
    'select count(distinct a), sum(b), coalesce(c, 0), max(d) filter (where e > 0) over (partition by f) from t',
    'select cast(a as numeric(18, 2)), b::varchar(24), cast(c as decimal(10,2)) from t where d in (1, 2) and (e or f)',
    'with days (a, b) as (select 1, 2), more(c) as materialized (select 3) select * from days, more',
    'with recursive r(n) as (select 1 union all (select n + 1 from r)) select * from r',
    'select * from \uE000model.p.a\uE001 t(x, y) join (values (1, 2)) as v(i, j) on (x = i)',
    "select 'now()', 'current_date', \"current_date\" -- random()\n/* uuid() */ from t",
    'select t.current_date, 1 as user, sample from t',
    "select date '2024-01-01', timestamp '2024-01-01 00:00:00', interval (n) day, 'today' as label",
    "select extract(year from d), date_trunc('week', d), date_diff('day', a, b), last_day(d), md5(x), string_agg(x, ',' order by y) from t",
    'select * exclude (a) replace (b as c) from t qualify row_number() over (order by d) = 1',
    'select unnest(range(1, 5)), trim(x), position(a in b), substring(a from 1 for 2)',
    'select percentile_cont(0.5) within group (order by a), date(b)',
    'select * from t union by name (select * from u unpivot include nulls (v for k in (a, b)))',
    'select UPPER(a), Coalesce (b, c)',
    'select if(a, b, c), nullif(a, b), list_transform([1], lambda x: x + 1)',
    'select count(*) from t group by grouping sets ((a), ()), rollup (b), cube (c)',
  ])('%s', (sql) => {
    expect(reasons(sql)).toEqual([]);
  });
});

describe('a statement is not deterministic', () => {
  test.each([
    ['select now()', 'function now()'],
    ['select NOW ()', 'function now()'],
    ['select random(), "random"()', 'function random()'],
    ['select uuid()', 'function uuid()'],
    ['select gen_random_uuid()', 'function gen_random_uuid()'],
    ["select nextval('s')", 'function nextval()'],
    ['select getdate()', 'function getdate()'],
    ['select age(d)', 'function age()'],
    ['select today()', 'function today()'],
    ["select current_setting('timezone')", 'function current_setting()'],
    ["select getvariable('x')", 'function getvariable()'],
    ['select my_function(a)', 'function my_function()'],
    ['select tools.my_function(a)', 'function my_function()'],
    ["select * from read_csv('x.csv')", 'function read_csv()'],
    ['select current_date', 'current_date'],
    ['select Current_Timestamp', 'current_timestamp'],
    ['select localtimestamp', 'localtimestamp'],
    ['select current_user', 'current_user'],
    ['select session_user', 'session_user'],
    ["select date 'today'", "moment 'today'"],
    ["select timestamp 'now'", "moment 'now'"],
    ["select timestamp with time zone ' NOW '", "moment ' NOW '"],
    ["select 'now'::timestamp", "moment 'now'"],
    ["select cast('yesterday' as date)", "moment 'yesterday'"],
    ['select * from t tablesample 10%', 'tablesample'],
    ['select * from t using sample 5 rows', 'using sample'],
  ])('%s: %s', (sql, reason) => {
    expect(reasons(sql)).toEqual([reason]);
  });

  test('tells an alias from the name of a common table, also where the alias is a keyword', () => {
    expect(reasons('select random() as materialized')).toEqual(['function random()']);
    expect(reasons('with random(a) as not materialized (select 1) select a from random')).toEqual([]);
  });

  test('names every reason once', () => {
    expect(reasons('select now(), now(), random(), current_date')).toEqual([
      'function now()',
      'function random()',
      'current_date',
    ]);
  });

  test('takes the functions that the project declares as deterministic', () => {
    expect(reasons('select my_function(a), other(b)', 'my_function')).toEqual(['function other()']);
  });
});

describe('functions that read from outside', () => {
  test.each([
    'read_csv',
    'READ_PARQUET',
    'parquet_scan',
    'glob',
    'duckdb_tables',
    'postgres_scan',
    'query_table',
    'sniff_csv',
  ])('%s reads files, databases or the catalog', (name) =>
    expect(duckdbDialect.isExternalFunction(name, 'expression')).toBe(true));

  test.each(['range', 'generate_series', 'unnest', 'json_each', 'date_trunc'])('%s does not', (name) =>
    expect(duckdbDialect.isExternalFunction(name, 'expression')).toBe(false));

  test('histogram is an aggregate in an expression, and reads a table by its name behind FROM', () => {
    expect(duckdbDialect.isExternalFunction('histogram', 'expression')).toBe(false);
    expect(duckdbDialect.isExternalFunction('Histogram', 'table')).toBe(true);
  });
});

test('a declared function is meant with as much of its schema as is declared', () => {
  expect(reasons('select util.f_margin(1), UTIL."f_margin"(2)', 'util.f_margin')).toEqual([]);
  expect(reasons('select warehouse.util.f_margin(1)', 'util.f_margin')).toEqual([]);
  expect(reasons('select util.f_margin(1)', 'f_margin')).toEqual([]);
  expect(reasons('select f_margin(1)', 'util.f_margin')).toEqual(['function f_margin()']);
  expect(reasons('select other.f_margin(1)', 'util.f_margin')).toEqual(['function f_margin()']);
});

test('a function of a schema is not the built-in one of that name', () => {
  expect(reasons('select util.round(1), "util"."lower"(2)')).toEqual([
    'function round()',
    'function lower()',
  ]);
  expect(reasons('select pg_catalog.round(1), (name).lower()')).toEqual([]);
  expect(reasons('select util.round(1)', 'util.round')).toEqual([]);
});
