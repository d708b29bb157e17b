import type { Client } from 'pg';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import { describeRedshift } from '../database.ts';

describeRedshift('Late-binding views of the stand-in', (redshift) => {
  let client: Client;
  beforeAll(async () => {
    client = await redshift.connect();
  });
  beforeEach(async () => {
    await redshift.clear();
    await client.query('create schema s');
    await client.query('create table s.t as select 1 as a, 2 as b');
    await client.query(
      'create view s.late as select a, nvl(b, 0) as c from s.t -- all\n with no schema binding',
    );
  });

  async function rows(sql: string): Promise<unknown[]> {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  }

  test('are read by name, with other names, and through others', async () => {
    await client.query('create view s.later as select late.a from s.late where c > 1 with no schema binding');
    expect(await rows('select late.a, c from s.late')).toEqual([[1, 2]]);
    expect(await rows('select x.c, y.a from s.late x join s.later as y on x.a = y.a where y.a = 1')).toEqual([
      [2, 1],
    ]);
    expect((await client.query('select a from s.later where a = $1', [1])).rows).toEqual([{ a: 1 }]);
  });

  test('outlive what they read, and find what has taken its place', async () => {
    await client.query('drop table s.t');
    await expect(client.query('select * from s.late')).rejects.toMatchObject({ code: '42P01' });
    await client.query('create table s.other as select 7 as a, 8 as b');
    await client.query('alter table s.other rename to t');
    expect(await rows('select * from s.late')).toEqual([[7, 8]]);
  });

  test('may be made before what they read, and go with their rollback', async () => {
    await client.query('create view s.early as select a from s.nothing with no schema binding');
    await expect(client.query('select * from s.early')).rejects.toMatchObject({ code: '42P01' });
    await client.query('begin');
    await client.query('create view s.gone as select a from s.t with no schema binding');
    await client.query('rollback');
    await expect(client.query('select * from s.gone')).rejects.toMatchObject({ code: '42P01' });
  });

  test('are in the catalog with their columns and text, and depend on nothing', async () => {
    const { catalogQuery, relationsQuery, dependentViewsQuery } = redshiftDialect;
    const columns = (await client.query(catalogQuery(['s']))).rows.filter((row) => row.table_name === 'late');
    expect(columns.map((row) => [row.kind, row.column_name, row.data_type])).toEqual([
      ['view', 'a', 'integer'],
      ['view', 'c', 'integer'],
    ]);
    const found = (await client.query(relationsQuery(['s']))).rows.find((row) => row.table_name === 'late');
    expect(found.definition).toContain('from s.t');
    expect(found.definition).toContain('with no schema binding');
    expect((await client.query(dependentViewsQuery?.(['s']) ?? '')).rows).toEqual([]);
  });

  test('are replaced, renamed and dropped', async () => {
    await client.query(
      'create or replace view s.late as select a, a + 5 as c from s.t with no schema binding',
    );
    expect(await rows('select * from s.late')).toEqual([[1, 6]]);
    await client.query('alter table s.late rename to renamed');
    expect(await rows('select * from s.renamed')).toEqual([[1, 6]]);
    await client.query('drop view s.renamed');
    await expect(client.query('select * from s.renamed')).rejects.toMatchObject({ code: '42P01' });
  });

  test.each([
    ['create view s.x as select a from t with no schema binding'],
    ['create view s.x as with recursive r (n) as (select 1) select n from r with no schema binding'],
    [`comment on view s.late is 'x'`],
    [`comment on column s.late.a is 'x'`],
  ])('refuse %s', async (sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code: '0A000' });
  });

  test('leave comments to others', async () => {
    await client.query(`comment on column s.t.a is 'it''s C:\\\\'`);
    await client.query('create view s.bound as select a from s.t');
    await client.query(`comment on view s.bound is 'Bound.'`);
    expect(
      await rows(`select remarks from svv_columns where table_name = 't' and column_name = 'a'`),
    ).toEqual([["it's C:\\"]]);
  });
});
