import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../../../src/diagnostic/diagnostic.ts';
import type { PostgresSettings } from '../../../src/project/postgres-settings.ts';
import { postgresChecks } from '../../../src/warehouse/postgres/postgres-checks.ts';
import { openPostgres } from '../../../src/warehouse/postgres/postgres-warehouse.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { withBrokenConnections } from '../../support/postgres/broken-connection.ts';
import { type Cluster, startCluster } from '../../support/postgres/cluster.ts';
import { describePostgres } from '../../support/postgres/database.ts';
import { settingsOf } from '../../support/postgres/open-database.ts';

/** What opening a warehouse is refused with. */
async function refusal(settings: PostgresSettings): Promise<Diagnostic> {
  const error = await openPostgres(settings, { threads: 1 }).then(
    (warehouse) => warehouse.close(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DiagnosticError);
  const [diagnostic] = (error as DiagnosticError).diagnostics;
  if (diagnostic === undefined) throw new Error('A DiagnosticError has a diagnostic.');
  return diagnostic;
}

/** Whether a session over TLS was opened. */
async function opensWithTls(settings: PostgresSettings): Promise<boolean> {
  const warehouse = await openPostgres(settings, { threads: 1 });
  const session = await warehouse.open();
  const { rows } = await session.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
  await warehouse.close();
  return rows[0]?.['ssl'] === true;
}

describePostgres('Opening a database', (database) => {
  test('gives a warehouse that knows the major version of its engine', async () => {
    const [version] = await database.admin('show server_version');
    const warehouse = await openPostgres(settingsOf(database.url), { threads: 1 });
    expect(String(version?.['server_version'])).toMatch(new RegExp(`^${warehouse.engineVersion}\\b`));
    await warehouse.close();
  });

  test('says of a host that there is none of its name', async () => {
    const settings = { ...settingsOf(database.url), host: 'nowhere.invalid' };
    expect(await refusal(settings)).toMatchObject({
      code: 'WHS-010',
      message: expect.stringContaining('nowhere.invalid'),
    });
  });

  test('says where nothing listens', async () => {
    const settings = { ...settingsOf(database.url), host: 'localhost', port: 1 };
    expect(await refusal(settings)).toMatchObject({
      code: 'WHS-011',
      message: 'Nothing answers at localhost:1: the connection was refused.',
    });
  });

  test('does not wait for ever for a server that says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const settings = { ...settingsOf(database.url), host: '127.0.0.1', port, connect_timeout: 0.1 };
    expect(await refusal(settings)).toMatchObject({ code: 'WHS-012' });
  });

  test('tells a wrong password from a missing one, and shows neither', async () => {
    const settings = { ...settingsOf(database.url), password: 'not-the-password' };
    const wrong = await refusal(settings);
    expect(wrong).toMatchObject({
      code: 'WHS-013',
      message: expect.stringContaining(`password of "${settings.user}"`),
    });
    expect(JSON.stringify(wrong)).not.toContain('not-the-password');
    const { password, ...without } = settings;
    expect(await refusal(without)).toMatchObject({ code: 'WHS-014' });
  });

  test('says which database there is not', async () => {
    const settings = { ...settingsOf(database.url), database: 'no_such_database' };
    expect(await refusal(settings)).toMatchObject({
      code: 'WHS-015',
      message: expect.stringContaining('no database "no_such_database"'),
    });
  });

  test('says that a user may not log in, and that a role is not there', async () => {
    const role = `dancer_${process.pid}`;
    await database.admin(`create role ${role} nologin password 'dance'`);
    onTestFinished(async () => void (await database.admin(`drop role ${role}`)));
    const settings = settingsOf(database.url);
    expect(await refusal({ ...settings, user: role, password: 'dance' })).toMatchObject({
      code: 'WHS-016',
      message: expect.stringContaining('not permitted to log in'),
    });
    expect(await refusal({ ...settings, role: 'no_such_role' })).toMatchObject({
      code: 'WHS-016',
      message: expect.stringContaining('role "no_such_role" does not exist'),
    });
  });

  test('says that no connection is left', async () => {
    const user = `single_${process.pid}`;
    await database.admin(`create role ${user} login password 'single' connection limit 1`);
    const settings = { ...settingsOf(database.url), user, password: 'single' };
    const first = await openPostgres(settings, { threads: 1 });
    onTestFinished(async () => {
      await first.close();
      await database.admin(`drop role ${user}`);
    });
    expect(await refusal(settings)).toMatchObject({ code: 'WHS-017' });
  });

  test('says that a server offers no TLS, where the target wants it', async () => {
    const settings = { ...settingsOf(database.url), sslmode: 'verify-full' as const };
    expect(await refusal(settings)).toMatchObject({ code: 'WHS-018' });
  });

  test('says which file of certificate authorities it cannot read', async () => {
    const settings = {
      ...settingsOf(database.url),
      sslmode: 'verify-ca' as const,
      sslrootcert: '/no/ca.pem',
    };
    expect(await refusal(settings)).toMatchObject({
      code: 'WHS-020',
      message: expect.stringContaining('/no/ca.pem'),
    });
  });
});

describePostgres('TLS with an authority of our own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-tls-'));
  const clusterFolder = mkdtempSync(join(tmpdir(), 'model-pg-'));
  const file = (name: string) => join(folder, name);
  let cluster: Cluster | undefined;
  const settings = () => {
    if (cluster === undefined) throw new Error('The cluster starts first.');
    return settingsOf(cluster.url);
  };

  beforeAll(async () => {
    makeCertificates(folder);
    cluster = await startCluster({
      folder: clusterFolder,
      owner: process.pid,
      settings: { ssl: 'on' },
      files: {
        'server.crt': readFileSync(file('server.crt'), 'utf8'),
        'server.key': readFileSync(file('server.key'), 'utf8'),
        'pg_hba.conf': 'local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n',
      },
    });
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is refused without its certificate, and taken with it', async () => {
    const whole = { ...settings(), sslmode: 'verify-full' as const };
    expect(await refusal(whole)).toMatchObject({
      code: 'WHS-019',
      hint: expect.stringContaining('sslrootcert'),
    });
    expect(await opensWithTls({ ...whole, sslrootcert: file('ca.crt') })).toBe(true);
  });

  test('is refused where another name is in the certificate, unless only the authority counts', async () => {
    const other = { ...settings(), host: 'localhost', sslrootcert: file('ca.crt') };
    expect(await refusal({ ...other, sslmode: 'verify-full' })).toMatchObject({
      code: 'WHS-019',
      message: expect.stringContaining('localhost'),
    });
    expect(await opensWithTls({ ...other, sslmode: 'verify-ca' })).toBe(true);
  });

  test('is a check of its own, which names the certificate', async () => {
    const seen = async (given: PostgresSettings) => {
      const tls = postgresChecks(given).find(({ what }) => what === 'TLS');
      return tls?.look(() => undefined);
    };
    const whole = { ...settings(), sslmode: 'verify-full' as const };
    expect(await seen({ ...whole, sslrootcert: file('ca.crt') })).toMatch(
      /^TLSv1\.\d, certificate of "database" verified, valid until /,
    );
    expect(await seen({ ...whole, sslmode: 'require' })).toContain('not verified');
    expect(await seen({ ...whole, sslmode: 'disable' })).toBe('not asked for');
    await expect(seen(whole)).rejects.toMatchObject({ diagnostics: [{ code: 'WHS-019' }] });
    const other = { ...whole, host: 'localhost', sslrootcert: file('ca.crt') };
    await expect(seen(other)).rejects.toMatchObject({ diagnostics: [{ code: 'WHS-019' }] });
  });

  test('is used without any check when the target says so', async () => {
    expect(await opensWithTls({ ...settings(), sslmode: 'require' })).toBe(true);
  });

  test('is what a refused login without it is pointed to', async () => {
    expect(await refusal({ ...settings(), sslmode: 'disable' })).toMatchObject({
      code: 'WHS-016',
      hint: expect.stringContaining('sslmode: verify-full'),
    });
  });
});

describePostgres('A server that drops a connection which it has taken', (database) => {
  const open = (times: number) => {
    let asked = 0;
    const isAsked = (sql: string) => sql === 'show server_version_num' && asked++ < times;
    return withBrokenConnections(
      database.url,
      (sql) => (isAsked(sql) ? 'before' : undefined),
      () => openPostgres(settingsOf(database.url), { threads: 1 }),
    );
  };

  test('is asked once more', async () => {
    const warehouse = await open(1);
    await warehouse.close();
  });

  test('for good is told of at once', async () => {
    await expect(open(2)).rejects.toThrow(/WHS-022 .*Connection terminated/);
  });
});
