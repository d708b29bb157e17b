import { beforeAll, describe, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

/** 127 bytes, of which PostgreSQL would keep 63. */
const long = (beginning: string, end: string) =>
  `${beginning}${'ä'.repeat((127 - beginning.length - end.length) >> 1)}${end}`;
const TABLE = long('event_', 'x');
const OTHER = long('event_', 'y');
const COLUMN = long('value_', 'x');

export function nameSpecs(cluster: TestCluster): void {
  describe('Names of 127 bytes', () => {
    let client: SpecClient;
    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect();
      await client.query(
        `create table spec."${TABLE}" diststyle key distkey ("${COLUMN}") as select 1 as "${COLUMN}"`,
      );
      await client.query(`create table spec."${OTHER}" as select 2 as "${COLUMN}"`);
    });

    test('are told apart, and come back whole', async () => {
      expect(Buffer.byteLength(TABLE)).toBe(127);
      const { rows } = await client.query(`select "${COLUMN}" from spec."${TABLE}"`);
      expect(rows).toEqual([{ [COLUMN]: 1 }]);
      expect((await client.query(`select x."${COLUMN}" from spec.${OTHER} as x`)).rows).toEqual([
        { [COLUMN]: 2 },
      ]);
    });

    test('are cut where they are longer', async () => {
      const again = `create table spec."${OTHER}zzz_and_more" as select 3 as a`;
      await expect(client.query(again)).rejects.toMatchObject({ code: '42P07' });
      expect(await client.rows(`select "${COLUMN}zzz" from spec."${OTHER}zzz"`)).toEqual([['2']]);
    });

    test('are whole in the catalog', async () => {
      const { catalogQuery, relationsQuery } = redshiftDialect;
      const columns = (await client.query(catalogQuery(['spec']))).rows;
      expect(columns.map((row) => [row.table_name, row.column_name])).toEqual([
        [TABLE, COLUMN],
        [OTHER, COLUMN],
      ]);
      const relations = (await client.query(relationsQuery(['spec']))).rows;
      expect(relations.map((row) => row.table_name)).toEqual([TABLE, OTHER]);
      const layout = `select diststyle from svv_table_info where "schema" = 'spec' and "table" = '${TABLE}'`;
      expect(await client.rows(layout)).toEqual([[`KEY(${COLUMN})`]]);
    });

    test('are whole in views, and in what is said of them', async () => {
      await client.query(
        `create view spec.late as select "${COLUMN}" from spec."${TABLE}" with no schema binding`,
      );
      expect((await client.query('select * from spec.late')).rows).toEqual([{ [COLUMN]: 1 }]);
      const relations = (await client.query(redshiftDialect.relationsQuery(['spec']))).rows;
      expect(relations.find((row) => row.table_name === 'late').definition).toContain(TABLE);
      await client.query(`alter table spec."${TABLE}" rename to "${TABLE.slice(0, -1)}z"`);
      await expect(client.query(`select * from spec."${TABLE}"`)).rejects.toThrow(TABLE);
    });
  });
}
