import { expect, test } from 'vitest';
import { model } from '../support/program.ts';
import { load, oneLine, scratchProject } from '../support/scratch-project.ts';

const PG = { adapter: 'postgres', host: 'db', user: 'ada', database: 'shop', schema: 'analytics' };
const REDSHIFT = { ...PG, adapter: 'redshift', landing: 's3://bucket/zone' };
const SECRET = 'hunter2-and-more';
const ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE';

function projectYml(target: object, others: object = {}): string {
  return `name: shop\ntarget: dev\ntargets: ${JSON.stringify({ dev: target, ...others })}\n`;
}

/** What is reported of a project with one target, and what was hidden before. */
async function refusals(target: object, env: NodeJS.ProcessEnv = {}, others: object = {}) {
  const hidden: string[] = [];
  const files = { 'project.yml': projectYml(target, others) };
  const { diagnostics } = await load(files, { env, hide: (value) => hidden.push(value) });
  return { codes: diagnostics.map(({ code }) => code), told: diagnostics.map(oneLine).join('\n'), hidden };
}

test.each([
  ['a password', { ...PG, password: SECRET }],
  ['a password that is a default', { ...PG, password: `{{env_var "PW" "${SECRET}"}}` }],
  ['a password of a target for Redshift', { ...REDSHIFT, password: SECRET }],
  ['a secret access key that no target has', { ...REDSHIFT, secret_access_key: SECRET }],
  ['an access key id that no target has', { ...REDSHIFT, access_key_id: SECRET }],
  ['a session token below iam', { ...REDSHIFT, iam: { session_token: SECRET } }],
  ['a secret in a list', { ...REDSHIFT, iam: { secrets: [SECRET] } }],
])('%s that is written out is refused, and hidden before it is told', async (_, target) => {
  const { codes, told, hidden } = await refusals(target, { PW: 'from the environment' });
  expect(codes).toContain('PRJ-008');
  expect(hidden).toContain(SECRET);
  expect(told).not.toContain(SECRET);
});

test.each([
  ['an address in S3', { ...PG, landing: `s3://${ACCESS_KEY}:${SECRET}@bucket/zone` }],
  [
    'an address in S3 with a secret that holds a slash or two',
    { ...PG, landing: `s3://me:${SECRET}@bucket` },
  ],
  ['the endpoint of S3', { ...REDSHIFT, endpoint: `https://me:${SECRET}@s3.example.com` }],
  ['a host', { ...PG, host: `ada:${SECRET}@db.example.com` }],
  ['a host that is a URL', { ...PG, host: `postgres://ada:${SECRET}@db.example.com/shop` }],
  ['a host that is a list of parameters', { ...PG, host: `host=db password=${SECRET}` }],
  ['a query', { ...REDSHIFT, endpoint: `https://s3.example.com/?token=${SECRET}` }],
])('credentials in %s are refused, written out or from the environment', async (_, target) => {
  const written = await refusals(target);
  expect(written.codes).toEqual(['PRJ-030']);
  expect(written.told).not.toContain(SECRET);
  expect(written.hidden).toContain(SECRET);

  const env: Record<string, string> = {};
  const given = Object.fromEntries(
    Object.entries(target).map(([key, value]) => {
      env[key.toUpperCase()] = value;
      return [key, key === 'adapter' || key === 'schema' ? value : `{{env_var "${key.toUpperCase()}"}}`];
    }),
  );
  const filled = await refusals(given, env);
  expect(filled.codes).toEqual(['PRJ-030']);
  expect(filled.told).not.toContain(SECRET);
  expect(filled.hidden).toContain(SECRET);
});

test('An AWS access key is refused wherever it stands, and in targets that are not chosen', async () => {
  const { codes, hidden } = await refusals(PG, {}, { prod: { ...REDSHIFT, region: ACCESS_KEY } });
  expect(codes).toEqual(['PRJ-030']);
  expect(hidden).toEqual([ACCESS_KEY]);
});

test.each([
  ['roles in a chain', { ...REDSHIFT, iam_role: 'arn:aws:iam::123456789012:role/a@b,arn:aws:iam::1:role/c' }],
  ['an IPv6 address', { ...PG, host: '2001:db8::1' }],
  ['a socket folder', { ...PG, host: '/var/run/postgresql' }],
  ['an empty default', { ...PG, password: '{{env_var "PW" ""}}' }],
  ['an endpoint with a port', { ...REDSHIFT, endpoint: 'http://localhost:9000' }],
])('%s are no credentials', async (_, target) => {
  expect(await refusals(target)).toEqual({ codes: [], told: '', hidden: [] });
});

test('Passwords that the environment gives are hidden, names of hosts and users are not', async () => {
  const env = { PW: SECRET, H: 'db.example.com', U: 'analyst', DB_TOKEN: 'shop-token', GROUP: 'a queue' };
  const { codes, hidden } = await refusals(
    {
      ...{ ...REDSHIFT, host: '{{env_var "H"}}', user: '{{env_var "U"}}', password: '{{env_var "PW"}}' },
      ...{ database: '{{env_var "DB_TOKEN"}}', query_group: '{{env_var "GROUP"}}' },
    },
    env,
  );
  expect([codes, hidden.sort()]).toEqual([[], [SECRET, 'shop-token']]);
});

test('A model reads no variable that any target uses, that AWS logs in with, or that holds credentials', async () => {
  const others = {
    prod: {
      ...{ ...REDSHIFT, user: undefined, iam: { cluster_identifier: '{{env_var "CLUSTER"}}' } },
      ...{ region: '{{env_var "PLACE"}}', query_group: '{{env_var "QUEUE"}}' },
    },
  };
  const env = {
    ...{
      CLUSTER: 'c',
      PLACE: 'p',
      QUEUE: 'q',
      COUNTRY: 'de',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SESSION_TOKEN: 't',
    },
    ...{ DATABASE_URL: `postgres://ada:${SECRET}@db/shop`, AWS_SECRET_ACCESS_KEY: 's' },
  };
  const { project } = await load({ 'project.yml': projectYml(PG, others) }, { env });
  const read = Object.keys(env).map((name) => [name, project?.environmentVariable(name).kind]);
  expect(Object.fromEntries(read)).toEqual({
    ...Object.fromEntries(Object.keys(env).map((name) => [name, 'secret'])),
    COUNTRY: 'value',
  });
});

test('The program shows the place of a secret without the secret', async () => {
  const cwd = scratchProject({
    'project.yml': projectYml({ ...PG, password: SECRET, landing: `s3://${ACCESS_KEY}:${SECRET}!@bucket` }),
  });
  for (const words of ['build', 'debug', 'ls --log-format json', 'debug --log-format json']) {
    const { code, stdout, stderr } = await model(words, { cwd });
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('PRJ-008');
    expect(stdout + stderr).toContain('PRJ-030');
    expect(stdout + stderr).not.toMatch(/hunter|-and-more|AKIA/);
  }
});
