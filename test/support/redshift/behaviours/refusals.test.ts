import type { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { describeRedshift } from '../database.ts';

const REFUSED: readonly (readonly [sql: string, code: string])[] = [
  ['insert into s.t values (1, 2) returning a', '42601'],
  ['insert into s.t values (1, 2) on conflict do nothing', '42601'],
  ['select count(*) filter (where a > 1) from s.t', '42601'],
  ['select distinct on (a) a, b from s.t order by a', '0A000'],
  ['select * from (values (1), (2)) as v (a)', '42601'],
  ['values (1)', '42601'],
  ['with v as (values (1)) select * from v', '42601'],
  ['select sum(a) over w from s.t window w as (partition by b)', '42601'],
  ['select * from s.t, lateral (select 1) as x', '42601'],
  ['select array[1, 2]', '42601'],
  [`select '{1}'::integer[]`, '0A000'],
  ['select generate_series(1, 3) from s.t', '0A000'],
  ['create table s.u as select generate_series(1, 3) as n', '0A000'],
  ['select a, now() from s.t', '0A000'],
  ['select a, current_timestamp from s.t', '0A000'],
  [`select string_agg(a, ',') from s.t`, '42883'],
  ['select array_agg(a) from s.t', '42883'],
  ['select a is distinct from b from s.t', '42601'],
  ['select a is not distinct from b from s.t', '42601'],
  ['select pg_advisory_lock(1)', '42883'],
  ['select pg_try_advisory_xact_lock(1)', '42883'],
  [String.raw`select E'a\\b'`, '42704'],
  ['select sum(a) over (order by b) from s.t', '0A000'],
  ['select sum(a) over (order by b range between 1 preceding and current row) from s.t', '0A000'],
  ['select sum(a) over (order by b groups unbounded preceding) from s.t', '0A000'],
  ['select count(distinct a) over (partition by b) from s.t', '0A000'],
  ['select rank() over (order by a rows unbounded preceding) from s.t', '0A000'],
  [`select '{}'::jsonb`, '42704'],
  [`select cast('a' as uuid)`, '42704'],
  ['create index i on s.t (a)', '0A000'],
  ['create unique index i on s.t (a)', '0A000'],
  ['create sequence s.q', '0A000'],
  ['create trigger x before insert on s.t for each row execute function f()', '0A000'],
  ['create type s.e as enum (1)', '0A000'],
  [
    `select listagg(a, ',') within group (order by a), listagg(b, ',') within group (order by b) from s.t`,
    '0A000',
  ],
  ['select median(a), percentile_cont(0.5) within group (order by b) from s.t', '0A000'],
  ['merge into s.t as target using s.u on target.a = u.a when matched then delete', '42601'],
  ['select * from s.t tablesample system (10)', '42601'],
  ['select * from (with recursive r (n) as (select 1) select n from r) as x', '42601'],
  ['set lock_timeout to 100', '42704'],
  ['discard all', '42601'],
];

const TAKEN: readonly string[] = [
  'select sum(a) over (order by b rows unbounded preceding), rank() over (order by a) from s.t',
  'select sum(a) over (partition by b), count(*) over () from s.t',
  `select listagg(a, ',') within group (order by a), median(a) from s.t`,
  `select 'values (1) returning' as "filter"`,
  'select now(), current_timestamp',
  `select c.relname, obj_description(c.oid, 'pg_class') from pg_class as c limit 1`,
  'insert into s.t select 1, 2',
  'insert into s.t (a, b) values (1, 2), (3, 4)',
  'select top 1 * from s.t minus select 5, 6',
  'select * from s.t as x qualify row_number() over (partition by a order by b) = 1 order by a',
  'select a, b + 1 as c from s.t as x where a > 0 qualify row_number() over (order by a) <= 2 limit 1',
  'with recursive r (n) as (select 1 union all select n + 1 from r where n < 3) select n from r',
  `select distinct from_a from (select a as from_a from s.t) as x`,
];

describeRedshift('What Redshift refuses', (redshift) => {
  let client: Client;
  beforeAll(async () => {
    client = await redshift.connect();
    await client.query('create schema s');
    await client.query('create table s.t (a integer, b integer)');
    await client.query('insert into s.t values (1, 1), (1, 2), (2, 1)');
  });

  test.each(REFUSED)('is refused: %s', async (sql, code) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code });
  });

  test.each(TAKEN)('and what it takes is taken: %s', async (sql) => {
    await client.query(sql);
  });

  test('and the rows that QUALIFY keeps are kept', async () => {
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: 'array' })).rows;
    await client.query(
      'create table s.kept as select 1 as a, 1 as b union all select 1, 2 union all select 2, 1',
    );
    expect(
      await rows(
        'select * from s.kept as k qualify row_number() over (partition by a order by b desc) = 1 order by a',
      ),
    ).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(await rows('select top 1 a as x, b from s.kept order by a desc')).toEqual([[2, 1]]);
    expect(await rows('select avg(a), sum(a) / 3 from s.kept')).toEqual([['1', '1']]);
  });
});
