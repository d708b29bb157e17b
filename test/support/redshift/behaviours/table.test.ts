import { beforeAll, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import { describeRedshift } from '../database.ts';

const { createTable, createTableAs } = redshiftDialect;
const DAILY = { schema: 's', name: 'daily' };

describeRedshift('Tables of the stand-in', (redshift) => {
  let client: Awaited<ReturnType<typeof redshift.connect>>;
  beforeAll(async () => {
    client = await redshift.connect();
    for (const setting of redshiftDialect.sessionSettings) await client.query(setting);
    await client.query('create schema if not exists s');
  });

  async function rows(sql: string): Promise<unknown[]> {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  }

  test('show how their rows are laid out', async () => {
    await client.query(
      createTableAs(DAILY, `select date '2025-01-01' as day, 7 as dau`, {
        dist: 'day',
        sort: ['day', 'dau'],
      }),
    );
    const typed = { schema: 's', name: 'typed' };
    await client.query(
      createTable(
        typed,
        [
          { name: 'day', type: { kind: 'date' } },
          { name: 'Order', type: { kind: 'varchar', length: 3 } },
        ],
        [],
        { dist: 'all', sort: ['order'], sortStyle: 'interleaved', encode: { day: 'az64' }, backup: false },
      ),
    );
    expect(
      await rows('select "table", diststyle, sortkey1, sortkey_num from svv_table_info order by 1'),
    ).toEqual([
      ['daily', 'KEY(day)', 'day', 2],
      ['typed', 'ALL', 'INTERLEAVED', 1],
    ]);
    await client.query('set search_path to s');
    expect(
      await rows(
        `select tablename, "column", type, distkey, sortkey from pg_table_def where schemaname = 's' order by 1, 2`,
      ),
    ).toEqual([
      ['daily', 'dau', 'integer', false, 2],
      ['daily', 'day', 'date', true, 1],
      ['typed', 'day', 'date', false, 0],
      ['typed', 'order', 'character varying(3)', false, 1],
    ]);
    await client.query('reset search_path');
  });

  test('keep their layout through a rename, and lose it with their rollback', async () => {
    await client.query('begin');
    await client.query('create table s.moved diststyle even as select 1 as a');
    await client.query('alter table s.moved rename to settled');
    expect(await rows(`select diststyle from svv_table_info where "table" = 'settled'`)).toEqual([['EVEN']]);
    await client.query('rollback');
    expect(await rows(`select diststyle from svv_table_info where "table" = 'settled'`)).toEqual([]);
  });

  test('hold texts of so many bytes, and no more', async () => {
    await client.query('create table s.texts (a varchar(3), b varchar, c text, d varchar(max), e numeric)');
    await client.query(`insert into s.texts (a) values ('é1')`);
    await expect(client.query(`insert into s.texts (a) values ('éé')`)).rejects.toMatchObject({
      code: '22001',
      message: 'value too long for type character varying(3)',
    });
    expect(
      await rows(
        `select column_name, data_type, character_maximum_length, numeric_precision, numeric_scale
         from svv_columns where table_name = 'texts' order by ordinal_position`,
      ),
    ).toEqual([
      ['a', 'character varying', 3, null, null],
      ['b', 'character varying', 256, null, null],
      ['c', 'character varying', 256, null, null],
      ['d', 'character varying', 65535, null, null],
      ['e', 'numeric', null, 18, 0],
    ]);
  });

  test('do not enforce keys', async () => {
    await client.query('create table s.keyed (a integer primary key, b integer unique, unique (a, b))');
    await client.query('insert into s.keyed values (1, 1)');
    await client.query('insert into s.keyed values (1, 1)');
    expect(await rows('select count(*)::integer from s.keyed')).toEqual([[2]]);
    await expect(client.query('insert into s.keyed values (null, 1)')).rejects.toMatchObject({
      code: '23502',
    });
  });

  test.each([
    ['create table s.x (a integer) diststyle some', '42601'],
    ['create table s.x (a integer) distkey (b)', '42703'],
    ['create table s.x diststyle key as select 1 as a', '42P16'],
    ['create table s.x (a integer encode zip)', '42601'],
    ['create table s.x sortkey (a) with (fillfactor = 3) as select 1 as a', '42601'],
    ['create table s.x (a integer check (a > 1))', '0A000'],
    ['create table s.x (a uuid)', '42704'],
    ['create table s.x (a serial)', '0A000'],
    ['create table s.x (a integer[])', '0A000'],
    ['create table if not exists s.x as select 1 as a', '42601'],
    ['create or replace table s.x as select 1 as a', '42601'],
    ['alter table s.keyed add column c integer, add column d integer', '42601'],
  ])('refuse %s', async (sql, code) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code });
    expect(await rows(`select * from svv_tables where table_name = 'x'`)).toEqual([]);
  });

  test('are altered in their layout', async () => {
    await client.query('create table s.changed (a integer, b integer)');
    await client.query('alter table s.changed alter diststyle key distkey (a)');
    await client.query('alter table s.changed add column "C" varchar(2) encode lzo');
    expect(await rows(`select diststyle from svv_table_info where "table" = 'changed'`)).toEqual([
      ['KEY(a)'],
    ]);
    expect(
      await rows(
        `select column_name from svv_columns where table_name = 'changed' order by ordinal_position`,
      ),
    ).toEqual([['a'], ['b'], ['c']]);
  });

  test('have names in lower case, in quotes too', async () => {
    await client.query('create table "s"."Mixed" ("Name" integer)');
    expect(
      (await client.query('select "NAME", 1 as "One" from s.mixed')).fields.map(({ name }) => name),
    ).toEqual(['name', 'one']);
  });

  test('are emptied by TRUNCATE, which commits', async () => {
    await client.query('begin');
    await client.query('create table s.emptied as select 1 as a');
    await client.query('truncate s.emptied');
    await client.query('rollback');
    expect(await rows('select * from s.emptied')).toEqual([]);
  });

  test.each([
    ['vacuum full s.daily to 99 percent', '25001'],
    ['alter table s.typed alter column "order" type varchar(9)', '25001'],
    ['savepoint a', '0A000'],
    ['rollback to savepoint a', '0A000'],
  ])('in a transaction refuse %s', async (sql, code) => {
    await client.query('begin');
    await expect(client.query(sql)).rejects.toMatchObject({ code });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
  });

  test('are vacuumed and analyzed outside of one', async () => {
    await client.query('vacuum full s.daily to 99 percent');
    await client.query('analyze s.daily predicate columns');
  });

  test('have views that are replaced by the same columns only', async () => {
    await client.query('create or replace view s.shown as select 1 as a');
    await client.query('create or replace view s.shown as select 2 as a');
    await expect(
      client.query('create or replace view s.shown as select 2 as a, 3 as b'),
    ).rejects.toMatchObject({
      code: '42P16',
    });
    expect(await rows('select * from s.shown')).toEqual([[2]]);
  });

  test('have materialized views, which are views to the catalog', async () => {
    const stored = { schema: 's', name: 'stored' };
    const { materializedViews } = redshiftDialect;
    await client.query(
      materializedViews?.create(stored, 'select a from s.keyed', { dist: 'a', sort: ['a'] }) ?? '',
    );
    await client.query(redshiftDialect.commentOnRelation('view', stored, 'Stored.'));
    const found = await client.query(redshiftDialect.relationsQuery(['s']));
    expect(found.rows.find((row) => row.table_name === 'stored')).toMatchObject({
      kind: 'view',
      comment: 'Stored.',
    });
    await client.query(materializedViews?.drop(stored) ?? '');
  });
});

describeRedshift('Rights on the stand-in', (redshift) => {
  test('are granted to users, groups, roles and everybody, and go with the table', async () => {
    const client = await redshift.connect();
    for (const sql of [
      'create user tableau password disable',
      'create group "Bi team"',
      'create role reader',
    ])
      await client.query(sql);
    await client.query('create schema s');
    await client.query('create table s.a as select 1 as a');
    const { grantSelect, revokeSelect, grantUsage, grantsQuery, granteesQuery } = redshiftDialect;
    const granted = async () => (await client.query(grantsQuery(['s']))).rows.map((row) => row.grantee);
    expect((await client.query(granteesQuery())).rows.map((row) => row.grantee).sort()).toEqual([
      ...['analyst', 'group bi team', 'public', 'role reader', 'tableau'],
    ]);
    for (const grantee of ['tableau', 'group bi team', 'role reader', 'public']) {
      await client.query(grantSelect({ schema: 's', name: 'a' }, grantee));
      await client.query(grantUsage('s', grantee));
    }
    expect((await granted()).sort()).toEqual(['group bi team', 'public', 'role reader', 'tableau']);
    await client.query(revokeSelect({ schema: 's', name: 'a' }, 'role reader'));
    expect((await granted()).sort()).toEqual(['group bi team', 'public', 'tableau']);
    await expect(client.query('grant select on s.a to group nobody')).rejects.toMatchObject({
      code: '42704',
    });
    await client.query('alter table s.a rename to b');
    await client.query('create table s.a as select 1 as a');
    expect((await client.query(grantsQuery(['s']))).rows.map((row) => row.table_name)).toEqual([
      'b',
      'b',
      'b',
    ]);
  });
});

describeRedshift('A checksum on the stand-in', (redshift) => {
  test('is of values of any type, and differs where one does', async () => {
    const client = await redshift.connect();
    await client.query('create schema s');
    const row = `select date '2025-01-01' as d, true as b, 1.5::numeric(8, 2) as n, cast(2.5 as double precision) as f,
      timestamp '2025-01-01 10:00:00' as t, cast('text' as varchar(9)) as v, cast(null as bigint) as i`;
    await client.query(`create table s.one as ${row}`);
    await client.query(`create table s.other as ${row.replace('true', 'false')}`);
    const columns = ['d', 'b', 'n', 'f', 't', 'v', 'i'];
    const checksumOf = async (name: string) =>
      (await client.query(redshiftDialect.checksumQuery({ schema: 's', name }, columns))).rows[0];
    expect(await checksumOf('one')).toMatchObject({
      row_count: '1',
      checksum: expect.stringMatching(/^-?\d+$/),
    });
    expect(await checksumOf('one')).not.toEqual(await checksumOf('other'));
  });
});
