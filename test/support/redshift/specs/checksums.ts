import { beforeAll, describe, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

const ROW = `select date '2025-01-01' as d, true as b, 1.5::numeric(8, 2) as n, cast(2.5 as double precision) as f,
  timestamp '2025-01-01 10:00:00' as t, cast('text' as varchar(9)) as v, cast(null as bigint) as i`;

export function checksumSpecs(cluster: TestCluster): void {
  describe('A checksum', () => {
    let client: SpecClient;
    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect();
    });

    test('is of values of any type, and differs where one does', async () => {
      await client.query(`create table spec.one as ${ROW}`);
      await client.query(`create table spec.other as ${ROW.replace('true', 'false')}`);
      const columns = ['d', 'b', 'n', 'f', 't', 'v', 'i'];
      const checksumOf = async (name: string) =>
        (await client.query(redshiftDialect.checksumQuery({ schema: 'spec', name }, columns))).rows[0];
      expect(await checksumOf('one')).toMatchObject({
        row_count: '1',
        checksum: expect.stringMatching(/^-?\d+$/),
      });
      expect(await checksumOf('one')).not.toEqual(await checksumOf('other'));
    });
  });
}
