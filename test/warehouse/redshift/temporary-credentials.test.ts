import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DiagnosticError } from '../../../src/diagnostic/diagnostic.ts';
import type { IamSettings, RedshiftSettings } from '../../../src/project/redshift-settings.ts';
import { installed } from '../../../src/warehouse/redshift/iam-credentials.ts';
import { openRedshift } from '../../../src/warehouse/redshift/redshift-warehouse.ts';
import { TemporaryLogin } from '../../../src/warehouse/redshift/temporary-login.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { startProxy } from '../../support/network/proxy.ts';
import { describePostgres } from '../../support/postgres/database.ts';
import { BEHAVIOURS } from '../../support/redshift/behaviours.ts';
import { type CredentialService, startCredentialService } from '../../support/redshift/credential-service.ts';
import type { Login } from '../../support/redshift/login.ts';
import { PRELUDE } from '../../support/redshift/prelude/prelude.ts';
import { RedshiftServer } from '../../support/redshift/redshift-server.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../../support/s3/s3-place.ts';

const HOUR_MS = 3_600_000;

describePostgres('Temporary credentials', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'model-tls-'));
  const logins: Login[] = [];
  let server: RedshiftServer | undefined;
  let service: CredentialService | undefined;
  let lifetimeMs = HOUR_MS;
  let refusal: string | undefined;

  beforeAll(async () => {
    makeCertificates(folder);
    await database.admin(...PRELUDE);
    server = await RedshiftServer.start({
      ...{ postgresUrl: database.url, logins: () => logins, behaviours: BEHAVIOURS },
      tls: {
        key: readFileSync(join(folder, 'server.key'), 'utf8'),
        cert: readFileSync(join(folder, 'server.crt'), 'utf8'),
      },
    });
    service = await startCredentialService(() => refusal ?? newLogin());
  });
  afterAll(async () => {
    await server?.close();
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function newLogin(): Login {
    const password = `once+${logins.length}/ä&<'`.replace(/[&<]/g, '_');
    const login = { user: `IAM:maker${logins.length}`, password, needsTls: true };
    const made = { ...login, expires: new Date(Date.now() + lifetimeMs) };
    logins.push(made);
    return made;
  }

  /** Settings of a test, which begins with no request made. */
  function settings(
    iam: Omit<IamSettings, 'endpoint'>,
    more: Partial<RedshiftSettings> = {},
  ): RedshiftSettings {
    const restore = setEnvironment({ ...AWS_ENVIRONMENT, AWS_REGION: 'eu-west-1' });
    onTestFinished(() => {
      restore();
      lifetimeMs = HOUR_MS;
      refusal = undefined;
      (service?.requests as unknown[]).length = 0;
    });
    const host = { host: '127.0.0.1', port: server?.port ?? 0, database: 'dev' };
    const endpoint = service?.endpoint ?? '';
    return { ...host, sslrootcert: join(folder, 'ca.crt'), iam: { ...iam, endpoint }, ...more };
  }

  test.each([
    [
      'a cluster’s user',
      {
        cluster_identifier: 'analytics',
        db_user: 'maker',
        auto_create: true,
        db_groups: ['bi', 'etl'],
        duration: 900,
      },
      'GetClusterCredentials',
      {
        ...{ ClusterIdentifier: 'analytics', DbUser: 'maker', DbName: 'dev', AutoCreate: 'true' },
        ...{ 'DbGroups.DbGroup.1': 'bi', 'DbGroups.DbGroup.2': 'etl', DurationSeconds: '900' },
      },
    ],
    [
      'the cluster user of the IAM identity',
      { cluster_identifier: 'analytics' },
      'GetClusterCredentialsWithIAM',
      { ClusterIdentifier: 'analytics', DbName: 'dev' },
    ],
    [
      'a serverless workgroup',
      { workgroup_name: 'reports', duration: 1800 },
      'GetCredentials',
      { workgroupName: 'reports', dbName: 'dev', durationSeconds: 1800 },
    ],
  ])('for %s are asked for once, and taken word for word', async (_, iam, action, parameters) => {
    const warehouse = await openRedshift(settings(iam), { threads: 2 });
    const sessions = await Promise.all([1, 2, 3].map(() => warehouse.open()));
    const rows = sessions.map((session) => session.query('select 1 as one'));
    expect(await Promise.all(rows)).toHaveLength(3);
    expect(service?.requests).toMatchObject([{ action, parameters }]);
    await warehouse.close();
  });

  test('are asked for again when they are about to expire, and sessions that are open go on', async () => {
    const given = settings({ cluster_identifier: 'analytics' });
    lifetimeMs = 30_000;
    const warehouse = await openRedshift(given, { threads: 2 });
    const first = await warehouse.open();
    await first.query('select 1');
    const [login] = logins.slice(-1);
    if (login !== undefined) logins[logins.length - 1] = { ...login, expires: new Date(0) };
    const second = await warehouse.open();
    await Promise.all([first.query('select 1'), second.query('select 1')]);
    expect(service?.requests).toHaveLength(2);
    await warehouse.close();
  });

  test('that were taken back are asked for again', async () => {
    const warehouse = await openRedshift(settings({ cluster_identifier: 'analytics' }), { threads: 2 });
    const first = await warehouse.open();
    await first.query('select 1');
    const [login] = logins.slice(-1);
    if (login !== undefined) logins[logins.length - 1] = { ...login, expires: new Date(0) };
    const second = await warehouse.open();
    expect((await second.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(service?.requests).toHaveLength(2);
    await warehouse.close();
  });

  test('that are not taken are told as such', async () => {
    lifetimeMs = -1000;
    const given = settings({ cluster_identifier: 'analytics', db_user: 'maker' });
    lifetimeMs = -1000;
    await expect(openRedshift(given, { threads: 1 })).rejects.toMatchObject({
      diagnostics: [{ code: 'WHS-026' }],
    });
  });

  test('that AWS refuses are a diagnostic with AWS’s reason', async () => {
    const given = settings({ cluster_identifier: 'analytics' });
    refusal = 'Cluster analytics not found.';
    await expect(openRedshift(given, { threads: 1 })).rejects.toMatchObject({
      diagnostics: [
        { code: 'WHS-025', message: expect.stringContaining('"analytics": Cluster analytics not found.') },
      ],
    });
    const workgroup = settings({ workgroup_name: 'reports' });
    refusal = 'No such workgroup.';
    await expect(openRedshift(workgroup, { threads: 1 })).rejects.toMatchObject({
      diagnostics: [{ code: 'WHS-025', message: expect.stringContaining('workgroup "reports": No such') }],
    });
  });

  test.each([
    { cluster_identifier: 'analytics' },
    { workgroup_name: 'reports' },
  ])('are asked for through the proxy that the environment names, with %o', async (iam) => {
    const given = settings(iam);
    const proxy = await startProxy();
    const restore = setEnvironment({ HTTP_PROXY: proxy.url });
    onTestFinished(async () => {
      restore();
      await proxy.close();
    });
    const warehouse = await openRedshift(given, { threads: 1 });
    await warehouse.close();
    expect(proxy.asked).toEqual([`POST ${service?.endpoint}/`]);
  });

  test('are never sent without TLS', async () => {
    const given = settings({ cluster_identifier: 'analytics' }, { sslmode: 'disable' });
    await expect(openRedshift(given, { threads: 1 })).rejects.toMatchObject({
      diagnostics: [{ code: 'WHS-026' }],
    });
  });
});

test('A login that fails to be made is tried again for the next connection', async () => {
  let answers = 0;
  const login = new TemporaryLogin(async () => {
    if (++answers === 1) throw new Error('throttled');
    return { user: 'IAM:a', password: 'b', expires: new Date(Date.now() + HOUR_MS) };
  });
  await expect(login.login()).rejects.toThrow('throttled');
  expect(await Promise.all([login.login(), login.login()])).toMatchObject([
    { user: 'IAM:a' },
    { user: 'IAM:a' },
  ]);
  expect(answers).toBe(2);
  login.refused();
  await login.login();
  expect(answers).toBe(3);
});

test('A library that is not installed is a diagnostic that says how to install it', async () => {
  const library = '@aws-sdk/client-of-nothing';
  const failure = await installed(library, () => import(library)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DiagnosticError);
  expect(failure).toMatchObject({ diagnostics: [{ code: 'WHS-024', hint: `Run: npm install ${library}` }] });
});
