import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redshiftDialect } from '../../../../src/dialect/redshift/redshift-dialect.ts';
import type { TestCluster } from '../cluster.ts';
import type { SpecClient } from '../spec-client.ts';

const { grantSelect, revokeSelect, grantUsage, grantsQuery, granteesQuery } = redshiftDialect;
const TABLE = { schema: 'spec', name: 'a' };

export function rightSpecs(cluster: TestCluster): void {
  describe('Rights', () => {
    let client: SpecClient;
    /** Names of users are the whole cluster's. */
    const [user, group, role] = ['tableau', 'group', 'role'].map((name) => `${cluster.schema}_${name}`);
    const grantees = [`${user}`, `group ${group}`, `role ${role}`];

    beforeAll(async () => {
      await cluster.clear();
      client = await cluster.connect();
      await client.query(`create user ${user} password 'Never1used'`);
      await client.query(`create group ${group}`);
      await client.query(`create role ${role}`);
    });
    afterAll(async () => {
      await client.query('drop schema spec cascade');
      for (const drop of [`drop user ${user}`, `drop group ${group}`, `drop role ${role}`])
        await client.query(drop);
      await client.query('create schema spec');
    });

    const granted = async (name: string) =>
      (await client.query(grantsQuery(['spec']))).rows
        .filter((row) => row.table_name === name)
        .map((row) => row.grantee)
        .sort();

    test('are granted to users, groups, roles and everybody, and go with the table', async () => {
      await client.query('create table spec.a as select 1 as a');
      const known = (await client.query(granteesQuery())).rows.map((row) => row.grantee);
      expect(known).toEqual(expect.arrayContaining([...grantees, 'public']));
      for (const grantee of [...grantees, 'public']) {
        await client.query(grantSelect(TABLE, grantee));
        await client.query(grantUsage('spec', grantee));
      }
      expect(await granted('a')).toEqual([...grantees, 'public'].sort());
      await client.query(revokeSelect(TABLE, `role ${role}`));
      expect(await granted('a')).toEqual([`${user}`, `group ${group}`, 'public'].sort());
      await expect(client.query(`grant select on spec.a to group ${group}_else`)).rejects.toMatchObject({
        code: '42704',
      });
      await client.query('alter table spec.a rename to b');
      await client.query('create table spec.a as select 1 as a');
      expect(await granted('b')).toHaveLength(3);
      expect(await granted('a')).toEqual([]);
    });
  });
}
