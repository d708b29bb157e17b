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
      logins: () => [
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

  test.each([
    ['a wrong password', { password: 'wrong' }, '28000'],
    ['a password that has expired', { user: 'IAM:late', password: 'was right' }, '28000'],
  ])('refuses %s', async (_, changes, code) => {
    await expect(connect(changes)).rejects.toMatchObject({ code });
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
