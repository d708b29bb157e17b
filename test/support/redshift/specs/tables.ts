import { beforeAll, describe, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

const { createTable, createTableAs } = redshiftDialect;
const DAILY = { schema: 'spec', name: 'daily' };

export function tableSpecs(cluster: TestCluster): void {
  describe('Tables', () => {
    let client: SpecClient;
    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect();
      for (const setting of redshiftDialect.sessionSettings) await client.query(setting);
    });

    const rows = (sql: string) => client.rows(sql);

    test('show how their rows are laid out', async () => {
      await client.query(
        createTableAs(DAILY, `select date '2025-01-01' as day, 7 as dau`, {
          dist: 'day',
          sort: ['day', 'dau'],
        }),
      );
      const typed = { schema: 'spec', name: 'typed' };
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
      await client.query(`insert into spec.typed values (date '2025-01-01', 'a')`);
      expect(
        await rows(
          `select "table", diststyle, sortkey1, sortkey_num from svv_table_info where "schema" = 'spec' order by 1`,
        ),
      ).toEqual([
        ['daily', 'KEY(day)', 'day', '2'],
        ['typed', 'ALL', 'INTERLEAVED', '1'],
      ]);
      await client.query('set search_path to spec');
      expect(
        await rows(
          `select tablename, "column", type, distkey, sortkey from pg_table_def where schemaname = 'spec' order by 1, 2`,
        ),
      ).toEqual([
        ['daily', 'dau', 'integer', 'f', '2'],
        ['daily', 'day', 'date', 't', '1'],
        ['typed', 'day', 'date', 'f', '0'],
        ['typed', 'order', 'character varying(3)', 'f', '1'],
      ]);
      await client.query('reset search_path');
    });

    test('keep their layout through a rename, and lose it with their rollback', async () => {
      await client.query('begin');
      await client.query('create table spec.moved diststyle even as select 1 as a');
      await client.query('alter table spec.moved rename to settled');
      expect(
        await rows(`select diststyle from svv_table_info where "schema" = 'spec' and "table" = 'settled'`),
      ).toEqual([['EVEN']]);
      await client.query('rollback');
      expect(
        await rows(`select diststyle from svv_table_info where "schema" = 'spec' and "table" = 'settled'`),
      ).toEqual([]);
    });

    test('hold texts of so many bytes, and no more', async () => {
      await client.query(
        'create table spec.texts (a varchar(3), b varchar, c text, d varchar(max), e numeric)',
      );
      await client.query(`insert into spec.texts (a) values ('é1')`);
      await expect(client.query(`insert into spec.texts (a) values ('éé')`)).rejects.toMatchObject({
        code: '22001',
        message: 'value too long for type character varying(3)',
      });
      expect(
        await rows(
          `select column_name, data_type, character_maximum_length, numeric_precision, numeric_scale
         from svv_columns where table_schema = 'spec' and table_name = 'texts' order by ordinal_position`,
        ),
      ).toEqual([
        ['a', 'character varying', '3', null, null],
        ['b', 'character varying', '256', null, null],
        ['c', 'character varying', '256', null, null],
        ['d', 'character varying', '65535', null, null],
        ['e', 'numeric', null, '18', '0'],
      ]);
    });

    test('are left out of snapshots without BACKUP', async () => {
      const backups = `select trim(name), max(backup) from stv_tbl_perm as p join pg_class as c on c.oid = p.id
      where c.relnamespace = (select oid from pg_namespace where nspname = 'spec') group by 1 order by 1`;
      expect((await rows(backups)).filter(([name]) => name === 'daily' || name === 'typed')).toEqual([
        ['daily', '1'],
        ['typed', '0'],
      ]);
    });

    test('are made from a query without a count of its rows', async () => {
      cluster.ledger.proves('CREATE TABLE AS answers SELECT without a count');
      const made = await client.query('create table spec.counted as select 1 as a');
      expect([made.command, made.rowCount]).toEqual(['SELECT', null]);
    });

    test('do not enforce keys', async () => {
      await client.query('create table spec.keyed (a integer primary key, b integer unique, unique (a, b))');
      await client.query('insert into spec.keyed values (1, 1)');
      await client.query('insert into spec.keyed values (1, 1)');
      expect(await rows('select count(*)::integer from spec.keyed')).toEqual([['2']]);
      await expect(client.query('insert into spec.keyed values (null, 1)')).rejects.toMatchObject({
        code: '23502',
      });
    });

    test.each([
      ['create table spec.x (a integer) diststyle some', '42601'],
      ['create table spec.x (a integer) distkey (b)', '42703'],
      ['create table spec.x diststyle key as select 1 as a', '42P16'],
      ['create table spec.x (a integer encode zip)', '42601'],
      ['create table spec.x sortkey (a) with (fillfactor = 3) as select 1 as a', '42601'],
      ['create table spec.x (a integer check (a > 1))', '0A000'],
      ['create table spec.x (a uuid)', '42704'],
      ['create table spec.x (a serial)', '0A000'],
      ['create table spec.x (a integer[])', '0A000'],
      ['create table if not exists spec.x as select 1 as a', '42601'],
      ['create or replace table spec.x as select 1 as a', '42601'],
      ['alter table spec.keyed add column c integer, add column d integer', '42601'],
    ])('refuse %s', async (sql, code) => {
      cluster.ledger.proves('the codes of refusals of CREATE TABLE');
      await expect(client.query(sql)).rejects.toMatchObject({ code });
      expect(await rows(`select * from svv_tables where table_schema = 'spec' and table_name = 'x'`)).toEqual(
        [],
      );
    });

    test('are altered in their layout', async () => {
      await client.query('create table spec.changed (a integer, b integer)');
      await client.query('alter table spec.changed alter diststyle key distkey (a)');
      await client.query('alter table spec.changed add column "C" varchar(2) encode lzo');
      await client.query('insert into spec.changed (a) values (1)');
      expect(
        await rows(`select diststyle from svv_table_info where "schema" = 'spec' and "table" = 'changed'`),
      ).toEqual([['KEY(a)']]);
      expect(
        await rows(
          `select column_name from svv_columns where table_schema = 'spec' and table_name = 'changed' order by ordinal_position`,
        ),
      ).toEqual([['a'], ['b'], ['c']]);
    });

    test('have names in lower case, in quotes too', async () => {
      await client.query('create table "spec"."Mixed" ("Name" integer)');
      expect(
        (await client.query('select "NAME", 1 as "One" from spec.mixed')).fields.map(({ name }) => name),
      ).toEqual(['name', 'one']);
    });

    test('are emptied by TRUNCATE, which commits', async () => {
      await client.query('begin');
      await client.query('create table spec.emptied as select 1 as a');
      await client.query('truncate spec.emptied');
      await client.query('rollback');
      expect(await rows('select * from spec.emptied')).toEqual([]);
    });

    test.each([
      ['vacuum full spec.daily to 99 percent', '25001'],
      ['alter table spec.typed alter column "order" type varchar(9)', '25001'],
      ['savepoint a', '0A000'],
      ['rollback to savepoint a', '0A000'],
    ])('in a transaction refuse %s', async (sql, code) => {
      await client.query('begin');
      await expect(client.query(sql)).rejects.toMatchObject({ code });
      await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('rollback');
    });

    test('are vacuumed and analyzed outside of one', async () => {
      await client.query('vacuum full spec.daily to 99 percent');
      await client.query('analyze spec.daily predicate columns');
    });

    test('have views that are replaced by the same columns only', async () => {
      await client.query('create or replace view spec.shown as select 1 as a');
      await client.query('create or replace view spec.shown as select 2 as a');
      await expect(
        client.query('create or replace view spec.shown as select 2 as a, 3 as b'),
      ).rejects.toMatchObject({
        code: '42P16',
      });
      expect(await rows('select * from spec.shown')).toEqual([['2']]);
    });

    test('have materialized views, which are views to the catalog', async () => {
      const stored = { schema: 'spec', name: 'stored' };
      const { materializedViews } = redshiftDialect;
      await client.query(
        materializedViews?.create(stored, 'select a from spec.keyed', { dist: 'a', sort: ['a'] }) ?? '',
      );
      await client.query(redshiftDialect.commentOnRelation('view', stored, 'Stored.'));
      const found = await client.query(redshiftDialect.relationsQuery(['spec']));
      expect(found.rows.find((row) => row.table_name === 'stored')).toMatchObject({
        kind: 'view',
        comment: 'Stored.',
      });
      await client.query(materializedViews?.drop(stored) ?? '');
    });
  });
}
