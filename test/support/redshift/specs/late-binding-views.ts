import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

export function lateBindingViewSpecs(cluster: TestCluster): void {
  describe('Late-binding views', () => {
    let client: SpecClient;
    beforeAll(async () => {
      client = await cluster.connect();
    });
    beforeEach(async () => {
      await cluster.clear();
      await client.query('create table spec.t as select 1 as a, 2 as b');
      await client.query(
        'create view spec.late as select a, nvl(b, 0) as c from spec.t -- all\n with no schema binding',
      );
    });

    const rows = (sql: string) => client.rows(sql);

    test('are read by name, with other names, and through others', async () => {
      await client.query(
        'create view spec.later as select late.a from spec.late where c > 1 with no schema binding',
      );
      expect(await rows('select late.a, c from spec.late')).toEqual([['1', '2']]);
      expect(
        await rows('select x.c, y.a from spec.late x join spec.later as y on x.a = y.a where y.a = 1'),
      ).toEqual([['2', '1']]);
      expect((await client.query('select a from spec.later where a = $1', [1])).rows).toEqual([{ a: 1 }]);
    });

    test('outlive what they read, and find what has taken its place', async () => {
      await client.query('drop table spec.t');
      await expect(client.query('select * from spec.late')).rejects.toMatchObject({ code: '42P01' });
      await client.query('create table spec.other as select 7 as a, 8 as b');
      await client.query('alter table spec.other rename to t');
      expect(await rows('select * from spec.late')).toEqual([['7', '8']]);
    });

    test('may be made before what they read, and go with their rollback', async () => {
      await client.query('create view spec.early as select a from spec.nothing with no schema binding');
      await expect(client.query('select * from spec.early')).rejects.toMatchObject({ code: '42P01' });
      await client.query('begin');
      await client.query('create view spec.gone as select a from spec.t with no schema binding');
      await client.query('rollback');
      await expect(client.query('select * from spec.gone')).rejects.toMatchObject({ code: '42P01' });
    });

    test('are in the catalog with their columns and text, and depend on nothing', async () => {
      const { catalogQuery, relationsQuery, dependentViewsQuery } = redshiftDialect;
      const columns = (await client.query(catalogQuery(['spec']))).rows.filter(
        (row) => row.table_name === 'late',
      );
      expect(columns.map((row) => [row.kind, row.column_name, row.data_type])).toEqual([
        ['view', 'a', 'integer'],
        ['view', 'c', 'integer'],
      ]);
      const found = (await client.query(relationsQuery(['spec']))).rows.find(
        (row) => row.table_name === 'late',
      );
      expect(found.definition).toContain(client.placed('from spec.t'));
      expect(found.definition).toContain('with no schema binding');
      expect((await client.query(dependentViewsQuery?.(['spec']) ?? '')).rows).toEqual([]);
    });

    test('keep their columns when they are replaced', async () => {
      cluster.ledger.proves('CREATE OR REPLACE keeps the columns of late-binding views, too');
      const grown =
        'create or replace view spec.late as select a, b as c, 1 as d from spec.t with no schema binding';
      await expect(client.query(grown)).rejects.toMatchObject({ code: '42P16' });
    });

    test('are replaced, renamed and dropped', async () => {
      await client.query(
        'create or replace view spec.late as select a, a + 5 as c from spec.t with no schema binding',
      );
      expect(await rows('select * from spec.late')).toEqual([['1', '6']]);
      await client.query('alter table spec.late rename to renamed');
      expect(await rows('select * from spec.renamed')).toEqual([['1', '6']]);
      await client.query('drop view spec.renamed');
      await expect(client.query('select * from spec.renamed')).rejects.toMatchObject({ code: '42P01' });
    });

    test.each([
      ['create view spec.x as select a from t with no schema binding'],
      ['create view spec.x as with recursive r (n) as (select 1) select n from r with no schema binding'],
      [`comment on view spec.late is 'x'`],
      [`comment on column spec.late.a is 'x'`],
    ])('refuse %s', async (sql) => {
      await expect(client.query(sql)).rejects.toMatchObject({ code: '0A000' });
    });

    test('leave comments to others', async () => {
      await client.query(`comment on column spec.t.a is 'it''s C:\\\\'`);
      await client.query('create view spec.bound as select a from spec.t');
      await client.query(`comment on view spec.bound is 'Bound.'`);
      expect(
        await rows(
          `select remarks from svv_columns where table_schema = 'spec' and table_name = 't' and column_name = 'a'`,
        ),
      ).toEqual([["it's C:\\"]]);
    });
  });
}
