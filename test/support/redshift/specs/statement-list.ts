import { windows } from '../behaviours/refused-clauses.ts';
import { BEHAVIOURS } from '../behaviours.ts';
import { statementOf } from '../statement.ts';

/* Statements that say what Redshift takes and refuses. */

/** What the statements read: `t` with six numbers in three rows. */
export const TABLES_READ: readonly string[] = [
  'create table spec.t (a integer, b integer)',
  'insert into spec.t values (1, 1), (1, 2), (2, 1)',
  'create table spec.u as select a from spec.t',
  'create table spec.gaps (a integer, n integer, word varchar(9))',
  `insert into spec.gaps values (1, 2, 'x'), (2, null, 'x'), (3, 4, 'y'), (4, 5, 'x')`,
  'create table spec.blanks (word varchar(9))',
  `insert into spec.blanks values ('x'), ('x  ')`,
];

/** What is refused, and with which SQLSTATE. */
export const REFUSED: readonly (readonly [sql: string, code: string])[] = [
  ['insert into spec.t values (1, 2) returning a', '42601'],
  ['insert into spec.t values (1, 2) on conflict do nothing', '42601'],
  ['select count(*) filter (where a > 1) from spec.t', '42601'],
  ['select distinct on (a) a, b from spec.t order by a', '0A000'],
  ['select * from (values (1), (2)) as v (a)', '42601'],
  ['values (1)', '42601'],
  ['with v as (values (1)) select * from v', '42601'],
  ['select sum(a) over w from spec.t window w as (partition by b)', '42601'],
  ['select * from spec.t, lateral (select 1) as x', '42601'],
  ['select array[1, 2]', '42601'],
  [`select '{1}'::integer[]`, '0A000'],
  ['select generate_series(1, 3) from spec.t', '0A000'],
  ['create table spec.u as select generate_series(1, 3) as n', '0A000'],
  ['select a, now() from spec.t', '0A000'],
  ['select a, current_timestamp from spec.t', '0A000'],
  [`select string_agg(a, ',') from spec.t`, '42883'],
  ['select array_agg(a) from spec.t', '42883'],
  ['select a is distinct from b from spec.t', '42601'],
  ['select a is not distinct from b from spec.t', '42601'],
  ['select pg_advisory_lock(1)', '42883'],
  ['select pg_try_advisory_xact_lock(1)', '42883'],
  [String.raw`select E'a\\b'`, '42704'],
  ['select sum(a) over (order by b) from spec.t', '0A000'],
  ['select sum(a) over (order by b range between 1 preceding and current row) from spec.t', '0A000'],
  ['select sum(a) over (order by b groups unbounded preceding) from spec.t', '0A000'],
  ['select count(distinct a) over (partition by b) from spec.t', '0A000'],
  ['select rank() over (order by a rows unbounded preceding) from spec.t', '0A000'],
  [`select '{}'::jsonb`, '42704'],
  [`select cast('a' as uuid)`, '42704'],
  [`with s as (select a, 'x' as word from spec.t) select a from s order by word`, 'XX000'],
  [`select word, count(*) from (select a, 'x' as word from spec.t) as s group by word`, 'XX000'],
  [
    `with s as (select a, 'x' as word from spec.t) select a, row_number() over (partition by word order by a) as n from s`,
    'XX000',
  ],
  [`select a from (select a, 'x' as word from spec.t) as s where word <> 'y'`, 'XX000'],
  [`select cast(word as varchar) from (select a, 'x' as word from spec.t) as s`, 'XX000'],
  ['select min(word) from (select a, null as word from spec.t) as s', 'XX000'],
  ['create index i on spec.t (a)', '0A000'],
  ['create unique index i on spec.t (a)', '0A000'],
  ['create sequence spec.q', '0A000'],
  ['create trigger x before insert on spec.t for each row execute function f()', '0A000'],
  ['create type spec.e as enum (1)', '0A000'],
  [
    `select listagg(a, ',') within group (order by a), listagg(b, ',') within group (order by b) from spec.t`,
    '0A000',
  ],
  ['select median(a), percentile_cont(0.5) within group (order by b) from spec.t', '0A000'],
  ['merge into spec.t as target using spec.u on target.a = u.a when matched then delete', '42601'],
  ['select * from spec.t tablesample system (10)', '42601'],
  ['select * from (with recursive r (n) as (select 1) select n from r) as x', '42601'],
  ['set lock_timeout to 100', '42704'],
  ['discard all', '42601'],
  ['listen x', '0A000'],
  [`prepare transaction 'x'`, '0A000'],
  [`select '{}' -> 'a'`, '42883'],
];

/** What is taken. */
export const TAKEN: readonly string[] = [
  'select sum(a) over (order by b rows unbounded preceding), rank() over (order by a) from spec.t',
  'select sum(a) over (partition by b), count(*) over () from spec.t',
  `select listagg(a, ',') within group (order by a), median(a) from spec.t`,
  `select 'values (1) returning' as "filter"`,
  'select now(), current_timestamp',
  `select word from (select 'x' as word from spec.t) as s where word is not null`,
  `with s as (select 'x' as word union all select 'y') select word from s order by word`,
  `select 'x' as word, a from spec.t order by word, a`,
  `select c.relname, obj_description(c.oid, 'pg_class') from pg_class as c limit 1`,
  'insert into spec.u select 1',
  'insert into spec.u (a) values (1), (2)',
  'select top 1 * from spec.t minus select 5, 6',
  'select * from spec.t as x qualify row_number() over (partition by a order by b) = 1 order by a',
  'select a, b + 1 as c from spec.t as x where a > 0 qualify row_number() over (order by a) <= 2 limit 1',
  'with recursive r (n) as (select 1 union all select n + 1 from r where n < 3) select n from r',
  `select distinct from_a from (select a as from_a from spec.t) as x`,
];

/** What is taken, and the rows that it gives, as texts. */
export const ANSWERED: readonly (readonly [sql: string, rows: readonly (readonly (string | null)[])[]])[] = [
  ['select avg(a), sum(a) / 3, 7 / 2 from spec.t', [['1', '1', '3']]],
  [
    'select * from spec.t as k qualify row_number() over (partition by a order by b desc) = 1 order by a',
    [
      ['1', '2'],
      ['2', '1'],
    ],
  ],
  ['select top 1 a as x, b from spec.t order by a desc', [['2', '1']]],
  [
    `select dateadd(m, 30, cast(a as timestamp)) from (select date '2025-01-31' as a) as x`,
    [['2025-01-31 00:30:00']],
  ],
  [
    `select dateadd(year, 1, date '2016-02-29'), add_months(date '2025-04-30', 1)`,
    [['2017-03-01 00:00:00', '2025-05-31 00:00:00']],
  ],
  [`select datediff(week, date '2025-01-04', date '2025-01-05')`, [['1']]],
  [`select nvl2(null, 1, 2), decode(null, null, 'same', 'other')`, [['2', 'same']]],
  [String.raw`select length('a\\b'), regexp_replace('aXbX', 'X', '-')`, [['3', 'a-b-']]],
  [`select regexp_substr('abc', 'x'), split_part('a,b', ',', 2)`, [['', 'b']]],
  ['select "A" from (select 1 as "a") as x', [['1']]],
  [
    `select a, lag(n) ignore nulls over (order by a) as before, lead(n, 2) ignore nulls over (order by a) as behind,
      lag(n) respect nulls over (order by a) as plain from spec.gaps order by 1`,
    [
      ['1', null, '5', null],
      ['2', '2', '5', '2'],
      ['3', '2', null, null],
      ['4', '4', null, '4'],
    ],
  ],
  [
    `select a, last_value(n ignore nulls) over (order by a rows unbounded preceding) as latest,
      first_value(n) ignore nulls over (partition by a > 1 order by a rows between current row and unbounded following) as next,
      nth_value(n, 2) ignore nulls over (order by a rows unbounded preceding) as second from spec.gaps order by 1`,
    [
      ['1', '2', '2', null],
      ['2', '2', '4', null],
      ['3', '4', '4', '4'],
      ['4', '5', '5', '4'],
    ],
  ],
  [
    `select a, listagg(word, '-') within group (order by a desc) over (partition by a > 1) as words,
      listagg(distinct word, ',') over () as once, median(n) over () as middle,
      percentile_cont(0.25) within group (order by n desc) over (partition by a > 1) as share from spec.gaps order by 1`,
    [
      ['1', 'x', 'x,y', '4', '2'],
      ['2', 'x-y-x', 'x,y', '4', '4.75'],
      ['3', 'x-y-x', 'x,y', '4', '4.75'],
      ['4', 'x-y-x', 'x,y', '4', '4.75'],
    ],
  ],
  [`select 'a' = 'a  ', 'a' <> 'a ', 'a ' > 'a', 'a ' in ('a'), 'a' = ' a'`, [['t', 'f', 'f', 't', 'f']]],
  ['select count(distinct word), count(*) from spec.blanks', [['1', '2']]],
  ['select count(*) from spec.blanks as x join spec.gaps as y on x.word = y.word', [['6']]],
  ['select max(length(word)), count(*) from spec.blanks group by word', [['3', '2']]],
  ['select listagg(b, chr(44)) within group (order by b), median(b) from spec.t', [['1,1,2', '1']]],
];

/** The behaviour that refuses a statement, if it is one that is only remembered. */
export function rememberedRefusal(sql: string): readonly string[] {
  const statement = statementOf(sql);
  const behaviour = BEHAVIOURS.find((candidate) => candidate.apply(statement)?.kind === 'refuse');
  if (behaviour === undefined) return [];
  if (behaviour.source.kind === 'memory') return [behaviour.name];
  return behaviour.name === windows.name && sql.includes('distinct') ? (behaviour.remembered ?? []) : [];
}
