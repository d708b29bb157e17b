import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { model } from '../support/program.ts';
import { BUCKET, testServer } from '../support/s3/s3-place.ts';
import { scratchProject } from '../support/scratch-project.ts';
import { writtenBy } from '../support/written-by.ts';
import { Workshop } from './killed-program.ts';

const workshop = new Workshop();
afterAll(() => workshop.close());

const SECRET = 'wJalr/XUtn+FEMI/K7MDENG';
const TOKEN = 'FwoGZXIvYXdzEBYaD/a+secret==';

function expectNone(text: string, values: readonly string[]): void {
  for (const value of values) {
    for (const spelling of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
      expect(text).not.toContain(spelling);
  }
}

test('Keys and tokens that come from no variable are not shown when S3 repeats them in its errors', async () => {
  const server = await testServer({ accessKeys: { AKIAFILE: { secret: SECRET, sessionToken: TOKEN } } });
  const home = scratchProject({
    credentials: `[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\n`,
  });
  const env = { AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'), AWS_EC2_METADATA_DISABLED: 'true' };
  const root = workshop.project();
  const file = join(root, 'project.yml');
  const landing = `landing: s3://${BUCKET}/zone, endpoint: "${server.endpoint}", force_path_style: true`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('landing: landing', landing));
  expect((await model('generate --days 1 --users 5', { cwd: root, env })).code).toBe(0);

  const message = `of ${TOKEN}, with ${SECRET}, at ?X-Amz-Security-Token=${encodeURIComponent(TOKEN)} it is said`;
  const fault = { kind: 'error', status: 400, code: 'InvalidRequest', message } as const;
  server.faults.add({ times: 1000, fault });
  for (const words of ['generate --days 2', 'load', 'debug', 'build --days 2 --log-format json']) {
    const end = await model(words, { cwd: root, env });
    expect(end.code, words).not.toBe(0);
    expect(end.stdout + end.stderr, words).toContain('it is said');
    expectNone(writtenBy(end, root), [SECRET, TOKEN]);
  }
});

test('An error that escapes is shown without what it carries, and without a secret in its message', async () => {
  const root = workshop.project();
  const file = join(root, 'project.yml');
  const path = '{ adapter: duckdb, path: \'{{env_var "WAREHOUSE_TOKEN"}}.duckdb\'';
  writeFileSync(file, readFileSync(file, 'utf8').replace('{ adapter: duckdb, path: dev.duckdb', path));
  writeFileSync(
    join(root, 'seeds/events.ts'),
    `const token = process.env['WAREHOUSE_TOKEN'];
setTimeout(() => { throw Object.assign(new Error('refused ' + token), { headers: { authorization: 'other-secret' } }); });
await new Promise((resolve) => setTimeout(resolve, 5000));
export default {};
`,
  );
  const end = await model('generate', { cwd: root, env: { WAREHOUSE_TOKEN: 'planted-token' } });
  expect(end.code).toBe(2);
  expect(end.stderr).toContain('refused ***');
  expectNone(end.stdout + end.stderr, ['planted-token', 'other-secret']);
});

describePostgres('A warehouse that repeats a password in its errors', (database) => {
  const PASSWORD = 'planted "pass/word"';

  test('does not get it into messages, logs or artifacts', async () => {
    const user = `echo_${process.pid}`;
    await database.admin(
      `create role ${user} login password '${PASSWORD}' superuser`,
      `create function public.tells(integer) returns integer language plpgsql as $$ begin raise exception 'they log in with ${PASSWORD}, it says'; end $$`,
    );
    const root = projectOf(database, user);
    const env = { PGPASSWORD: PASSWORD };
    for (const words of ['build', 'build --log-format json', 'run --quiet', 'test', 'debug']) {
      const end = await model(words, { cwd: root, env });
      if (words.startsWith('build')) expect(end.stdout + end.stderr, words).toContain('they log in with ***');
      expectNone(writtenBy(end, root), [PASSWORD, 'pass/word']);
    }
    expect(readFileSync(join(root, 'target/run_results.json'), 'utf8')).toContain(
      'they log in with ***, it says',
    );
    rmSync(join(root, 'target'), { recursive: true });
    const refused = await model('build', { cwd: root, env: { PGPASSWORD: `${PASSWORD}!` } });
    expect(refused.stderr).toContain('WHS-013');
    expectNone(writtenBy(refused, root), [PASSWORD]);
    expectNone(await writtenInto(database), [PASSWORD, 'pass/word']);
  });
});

/** Every row, comment and definition that the program left in a database: in the store, landed, and published. */
async function writtenInto({ admin }: TestDatabase): Promise<string> {
  const relations = await admin(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_schema like 'analytics%'`,
  );
  expect(relations.length).toBeGreaterThan(6);
  const kept = await admin(`select description as line from pg_description where objoid >= 16384
    union all select definition from pg_views where schemaname like 'analytics%'
    union all select application_name from pg_stat_activity where datname = current_database()`);
  const rows = [...kept];
  for (const { name } of relations) rows.push(...(await admin(`select t::text as line from ${name} as t`)));
  return rows.map(({ line }) => String(line)).join('\n');
}

function projectOf({ url }: TestDatabase, user: string): string {
  const { password, ...settings } = settingsOf(url);
  const target = {
    ...{ adapter: 'postgres', ...settings, user, password: '{{env_var "PGPASSWORD"}}' },
    schema: 'analytics',
  };
  return scratchProject({
    'project.yml': `name: shop\ntargets: ${JSON.stringify({ pg: target })}\n`,
    'models/a.sql': '{{config materialized="table"}}\nselect public.tells(1) as x\n',
    'models/b.sql': 'select 1 as x\n',
    'models/b.yml': 'models:\n  - name: b\n    columns: [{ name: x, tests: [unique] }]\n',
    'tests/c.sql': 'select public.tells(x) as y from {{ref "b"}}\n',
  });
}
