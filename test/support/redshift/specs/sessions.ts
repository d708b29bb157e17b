import { describe, expect, test } from 'vitest';
import type { TestCluster } from '../cluster.ts';

export function sessionSpecs(cluster: TestCluster): void {
  describe('A session', () => {
    test.each([
      ['lock_timeout', { lock_timeout: 100 }],
      ['idle_in_transaction_session_timeout', { idle_in_transaction_session_timeout: 100 }],
      ['options', { options: '-c geqo=off' }],
    ])('is not begun with %s', async (_, changes) => {
      cluster.ledger.proves(
        'lock_timeout, idle_in_transaction_session_timeout and options are not known at a login',
      );
      await expect(cluster.connect(changes)).rejects.toMatchObject({ code: '42704' });
    });

    test('names PostgreSQL 8.0.2 and its own number', async () => {
      cluster.ledger.proves('version() names PostgreSQL 8.0.2 and Redshift’s own number');
      const client = await cluster.connect();
      const [[version] = []] = await client.rows('select version()');
      expect(version).toMatch(/^PostgreSQL 8\.0\.2 .*Redshift \d+\.\d+\.\d+/);
    });

    test('has transactions, which an error ends', async () => {
      cluster.ledger.proves('an error ends the transaction that it is in');
      const client = await cluster.connect();
      await client.query('begin');
      await client.query('create table spec.undone (a integer)');
      await expect(client.query('select no_such_column')).rejects.toMatchObject({ code: '42703' });
      await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
      expect((await client.query('commit')).command).toBe('ROLLBACK');
      await expect(client.query('select * from spec.undone')).rejects.toMatchObject({ code: '42P01' });
    });

    test('describes every text as a varchar', async () => {
      const client = await cluster.connect();
      const { fields } = await client.query(`select md5('a') as a, 1 as "longer name", 'b' || 'c' as c`);
      expect(fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
        ['a', 1043],
        ['longer name', 23],
        ['c', 1043],
      ]);
    });

    test('reads a backslash as an escape', async () => {
      const client = await cluster.connect();
      expect(await client.rows(String.raw`select length('a\\b')`)).toEqual([['3']]);
    });

    test('takes parameters', async () => {
      const client = await cluster.connect();
      expect((await client.query('select cast($1 as integer) + 1 as a', [41])).rows).toEqual([{ a: 42 }]);
    });
  });
}
