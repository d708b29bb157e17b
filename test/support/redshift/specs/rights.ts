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

    test('are asked for, a user’s own and those of its group', async () => {
      cluster.ledger.proves('who may not read a table hears “permission denied for relation”, with 42501');
      await client.query('create table spec.kept as select 1 as a');
      const reader = await cluster.connect({ user, password: 'Never1used' });
      const read = () => reader.rows('select a from spec.kept');
      const denied = (what: string) => ({
        code: '42501',
        message: client.placed(`permission denied for ${what}`),
      });
      await expect(read()).rejects.toMatchObject(denied('schema spec'));
      await client.query(`grant usage on schema spec to ${user}`);
      await expect(read()).rejects.toMatchObject(denied('relation kept'));
      await client.query(`alter group ${group} add user ${user}`);
      await client.query(`grant select on spec.kept to group ${group}`);
      expect(await read()).toEqual([['1']]);
      await expect(reader.query('insert into spec.kept values (2)')).rejects.toMatchObject({ code: '42501' });
      await client.query('create table spec.next as select 2 as a');
      await client.query('drop table spec.kept');
      await client.query('alter table spec.next rename to kept');
      await expect(read()).rejects.toMatchObject(denied('relation kept'));
    });

    test('are given to and taken from those whom the catalog does not show', async () => {
      cluster.ledger.proves(
        'who owns a table grants to a role and revokes from one that SVV_ROLES does not show them',
        'a user or role that is not there is refused with “does not exist”, also by REVOKE',
      );
      await client.query(`grant usage, create on schema spec to ${user}`);
      const owner = await cluster.connect({ user, password: 'Never1used' });
      await owner.query('create table spec.own as select 1 as a');
      const own = { schema: 'spec', name: 'own' };
      const roles = (await owner.query(granteesQuery())).rows.map((row) => row.grantee);
      expect(roles).toContain(`group ${group}`);
      expect(roles).not.toContain(`role ${role}`);
      await owner.query(grantSelect(own, `role ${role}`));
      expect((await owner.query(grantsQuery(['spec']))).rows.map((row) => row.grantee)).not.toContain(
        `role ${role}`,
      );
      expect(await granted('own')).toEqual([`role ${role}`]);
      await owner.query(revokeSelect(own, `role ${role}`));
      await owner.query(revokeSelect(own, `role ${role}`));
      expect(await granted('own')).toEqual([]);
      for (const statement of [grantSelect, revokeSelect]) {
        for (const nobody of [`role ${role}_else`, `${user}_else`]) {
          await expect(owner.query(statement(own, nobody))).rejects.toThrow(/does not exist/);
        }
      }
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
