import { Client, type ClientConfig } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describePostgres } from '../postgres/database.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { PRELUDE } from './prelude/prelude.ts';
import { RedshiftServer } from './redshift-server.ts';

describePostgres('the stand-in for Redshift', (database) => {
  let server: RedshiftServer;

  beforeAll(async () => {
    await database.admin(...PRELUDE);
    server = await RedshiftServer.start({
      postgresUrl: database.url,
      logins: [
        { user: 'analyst', password: 'right' },
        { user: 'IAM:late', password: 'was right', expires: new Date(0) },
      ],
      behaviours: BEHAVIOURS,
    });
  });
  afterAll(() => server.close());

  async function connect(changes: ClientConfig = {}): Promise<Client> {
    const client = new Client({
      ...{ host: '127.0.0.1', port: server.port, user: 'analyst', password: 'right', database: 'dev' },
      ...changes,
    });
    await client.connect();
    return client;
  }

  test('answers queries with and without parameters', async () => {
    const client = await connect();
    expect((await client.query('select 1 as a, null as b')).rows).toEqual([{ a: 1, b: null }]);
    expect((await client.query('select cast($1 as integer) + 1 as a', [41])).rows).toEqual([{ a: 42 }]);
    await client.end();
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, '28000'],
    ['a password that has expired', { user: 'IAM:late', password: 'was right' }, '28000'],
    ['lock_timeout', { lock_timeout: 100 }, '42704'],
    ['idle_in_transaction_session_timeout', { idle_in_transaction_session_timeout: 100 }, '42704'],
    ['options', { options: '-c geqo=off' }, '42704'],
  ])('refuses %s', async (_, changes, code) => {
    await expect(connect(changes)).rejects.toMatchObject({ code });
  });

  test('keeps transactions, and an error ends one', async () => {
    const client = await connect();
    await client.query('begin');
    await client.query('create table t (a integer)');
    await expect(client.query('select no_such_column')).rejects.toMatchObject({ code: '42703' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    expect((await client.query('commit')).command).toBe('ROLLBACK');
    await client.end();
  });

  test('describes every text as a varchar', async () => {
    const client = await connect();
    const { fields } = await client.query(`select md5('a') as a, 1 as "longer name", 'b' || 'c' as c`);
    expect(fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['a', 1043],
      ['longer name', 23],
      ['c', 1043],
    ]);
    await client.end();
  });

  test('reads a backslash as an escape', async () => {
    const client = await connect();
    expect((await client.query(String.raw`select length('a\\b') as a`)).rows).toEqual([{ a: 3 }]);
    await client.end();
  });

  test('cancels what runs', async () => {
    const client = await connect();
    const running = client.query('select pg_sleep(20)').catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const other = await connect();
    const { processID } = client as unknown as { processID: number };
    await other.query('select pg_cancel_backend($1)', [processID]);
    expect(await running).toBe("Query (150) canceled on user's request");
    await Promise.all([client.end(), other.end()]);
  });
});
