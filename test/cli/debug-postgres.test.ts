import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { onDatabase } from '../support/postgres/model-place.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { modelHere as model } from '../support/program-here.ts';
import { debugged, LANDED, OPEN, projectOn, REACHED, READ, SHUT } from './debugged.ts';

describePostgres('debug of a PostgreSQL target', (database) => {
  const env = { DB_PASSWORD: 'not-the-password' };
  const target = (more: object = {}) => {
    const { password, ...settings } = settingsOf(database.url);
    return { adapter: 'postgres', ...settings, password: '{{env_var "PGPASSWORD"}}', ...more };
  };
  const right = () => ({ PGPASSWORD: settingsOf(database.url).password ?? '' });

  test('passes where all works, also once something is built', async () => {
    const project = modelProject({ 'models/a.sql': 'select 1 as x\n' }, onDatabase(database));
    const all = { ...READ, ...REACHED, login: 'ok', ...OPEN, ...LANDED };
    expect(await debugged(project.root, right())).toEqual(all);
    await project.build();
    expect(await debugged(project.root, right())).toEqual(all);
    const tables = await database.admin(`select relname from pg_class where relname like '%debug%'`);
    expect(tables).toEqual([]);
  });

  test('tells an unknown host from a port where nobody listens, and from a server that says nothing', async () => {
    const unreachable = { TLS: 'needs TCP', login: expect.stringContaining('needs '), ...SHUT, ...LANDED };
    expect(await debugged(projectOn(target({ host: 'nowhere.invalid' })), right())).toEqual({
      ...{ ...READ, DNS: 'WHS-010', TCP: 'needs DNS', ...unreachable },
    });
    expect(await debugged(projectOn(target({ port: 1 })), right())).toEqual({
      ...{ ...READ, DNS: 'ok', TCP: 'WHS-011', ...unreachable },
    });
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const mute = target({ port, connect_timeout: 0.2, sslmode: 'require' });
    expect(await debugged(projectOn(mute), right())).toMatchObject({ TCP: 'ok', TLS: 'WHS-012' });
  });

  test('says that a server offers no TLS, and which file of authorities is missing', async () => {
    const without = await debugged(projectOn(target({ sslmode: 'require' })), right());
    expect(without).toMatchObject({ TCP: 'ok', TLS: 'WHS-018', login: 'needs TLS' });
    const file = target({ sslmode: 'verify-ca', sslrootcert: 'no.pem' });
    expect(await debugged(projectOn(file), right())).toMatchObject({ DNS: 'WHS-020' });
  });

  test('tells a wrong password from a database that there is not', async () => {
    const wrong = { ...READ, ...REACHED, ...SHUT, ...LANDED };
    const password = projectOn(target({ password: '{{env_var "DB_PASSWORD"}}' }));
    expect(await debugged(password, env)).toEqual({ ...wrong, login: 'WHS-013' });
    const none = projectOn(target({ database: 'no_such_database' }));
    expect(await debugged(none, right())).toEqual({ ...wrong, login: 'WHS-015' });
    const { stdout, stderr, code } = await model('debug', { cwd: password, env });
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).not.toContain('not-the-password');
  });

  test('names each schema in which a user may not build, there or not', async () => {
    const user = `reader_${process.pid}`;
    await database.admin(
      `create role ${user} login password 'reads only'`,
      'create schema if not exists locked',
    );
    onTestFinished(async () => void (await database.admin('drop schema locked', `drop role ${user}`)));
    const root = projectOn(target({ user, schema: 'locked' }));
    const { stdout, code } = await model('debug', { cwd: root, env: { PGPASSWORD: 'reads only' } });
    expect(code).toBe(2);
    expect(stdout).toContain(
      'Nothing can be made in the schema "locked": permission denied for schema locked',
    );
    expect(stdout).toContain('The schema "locked__store" is not there and cannot be made: permission denied');
    expect(stdout).toContain('The schema "locked__raw" is not there');
    expect(stdout).toContain('ok   store');
    expect(stdout).not.toContain('reads only');
  });

  test('says that a store is of a newer modelwright, and that a user may not read it', async () => {
    const project = modelProject({ 'models/a.sql': 'select 1 as x\n' }, onDatabase(database));
    await project.build();
    await database.admin('update analytics__store._environment set schema_version = 999');
    expect(await debugged(project.root, right())).toMatchObject({ 'schema rights': 'ok', store: 'STO-001' });
    const user = `stranger_${process.pid}`;
    await database.admin(`create role ${user} login password 'reads nothing'`);
    onTestFinished(async () => void (await database.admin(`drop role ${user}`)));
    const root = projectOn(target({ user }));
    expect(await debugged(root, { PGPASSWORD: 'reads nothing' })).toMatchObject({
      login: 'ok',
      store: 'WHS-007',
    });
  });

  test('warns where texts are not ordered by their bytes', async (context) => {
    const [server] = await database.admin('show server_version_num');
    context.skip(
      Number(server?.['server_version_num']) < 150_000,
      'ICU orders a database from version 15 on',
    );
    const name = `ordered_${process.pid}`;
    await database.admin(
      `create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'en' locale 'C.UTF-8'`,
    );
    onTestFinished(async () => void (await database.admin(`drop database ${name} with (force)`)));
    const root = projectOn(target({ database: name }));
    expect(await debugged(root, right())).toMatchObject({ 'text order': 'ok WHS-030', store: 'ok' });
    const { code, stdout } = await model('debug', { cwd: root, env: right() });
    expect([code, stdout]).toEqual([0, expect.stringContaining(`locale 'C.UTF-8'`)]);
  });
});
