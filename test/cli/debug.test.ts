import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { model as startedModel } from '../support/program.ts';
import { modelHere as model } from '../support/program-here.ts';
import { ACCESS_DENIED } from '../support/s3/fault.ts';
import { AWS_ENVIRONMENT, BUCKET, setEnvironment, testServer } from '../support/s3/s3-place.ts';
import { debugged, LANDED, OPEN, projectOn, READ } from './debugged.ts';
import { jsonLines } from './json-lines.ts';
import { PROJECT_YML, SHOP, scratchFolder, useBuiltShop, writeFiles } from './shop.ts';

const copyOfShop = useBuiltShop();

test('debug tells step by step what works, exits 0, and leaves nothing behind', async () => {
  const cwd = copyOfShop();
  const { code, stdout, stderr } = await model('debug', { cwd });
  expect([code, stderr]).toEqual([0, '']);
  const steps = [...Object.keys(READ), 'warehouse', ...Object.keys(OPEN), ...Object.keys(LANDED)];
  expect(stdout.split('\n').map((line) => line.split(':')[0])).toEqual([
    ...steps.map((step) => `ok   ${step}`),
    '',
  ]);
  expect(stdout).toContain('analytics__store, of version 1: 3 versions, publication 1');
  expect(readdirSync(join(cwd, 'landing'))).toEqual([]);
});

test('debug goes on after what does not work, and exits 2', async () => {
  const cwd = copyOfShop({
    'project.yml': PROJECT_YML.replace('analytics }', 'analytics, landing: project.yml }'),
  });
  const { code, stdout } = await model('debug', { cwd });
  expect(code).toBe(2);
  expect(stdout).not.toContain('a bug');
  expect(stdout).toContain('ok   store');
  expect(stdout).toContain('FAIL landing write');
  expect(stdout).toContain('skip landing read: it needs landing write');
});

test('debug says what is wrong with project.yml, and that there is no such target', async () => {
  const cwd = scratchFolder();
  writeFiles(cwd, SHOP);
  const { code, stdout } = await model('debug --target nope', { cwd });
  expect([code, stdout]).toEqual([2, expect.stringContaining('Known targets: dev.')]);
  expect(stdout).toContain('FAIL project.yml');
  expect(stdout).toContain('skip environment variables: it needs project.yml');
});

test('debug of a project that was never built says that nothing is published yet', async () => {
  const cwd = scratchFolder();
  writeFiles(cwd, SHOP);
  const { code, stdout } = await model('debug', { cwd });
  expect([code, stdout]).toEqual([0, expect.stringContaining('nothing published yet')]);
  expect(stdout).toContain('analytics__store can be made');
});

test('Variables that are not set are a step of their own; set ones are told by name alone', async () => {
  const root = projectOn({
    ...{ adapter: 'duckdb', path: `{{env_var "FILE"}}`, landing: '{{env_var "ZONE" "landing"}}' },
  });
  expect(await debugged(root)).toEqual({ 'project.yml': 'ok', 'environment variables': 'PRJ-009' });
  const { stdout } = await startedModel('debug', { cwd: root, env: { FILE: 'dev.duckdb' } });
  expect(stdout).toContain('environment variables: set: FILE; by default: ZONE');
});

test('With --log-format json a step is a line', async () => {
  const cwd = copyOfShop({ 'project.yml': PROJECT_YML.replace('dev.duckdb', 'seeds/orders.csv/dev.duckdb') });
  const { stdout } = await model('debug --log-format json', { cwd });
  const lines = jsonLines(stdout);
  expect(lines).toHaveLength(10);
  expect(lines.slice(1, 4)).toMatchObject([
    {
      event: 'debug_step',
      step: 'environment variables',
      ok: true,
      outcome: 'ok',
      message: expect.any(String),
    },
    { step: 'warehouse', ok: false, outcome: 'failed', diagnostics: [{ code: 'WHS-006' }] },
    { step: 'text order', ok: false, outcome: 'skipped', missing: 'warehouse' },
  ]);
});

test.each([
  ['a wrong secret', { secret: 'of somebody else' }, ['LND-011', 'LND-011', 'needs landing write']],
  ['no bucket', { bucket: 'no-such-bucket' }, ['LND-014', 'LND-014', 'needs landing write']],
  ['no right to write', { denied: 'PutObject' }, ['ok', 'LND-013', 'needs landing write']],
  ['no right to read', { denied: 'GetObject' }, ['ok', 'ok', 'LND-013']],
  ['no right to remove', { denied: 'DeleteObject' }, ['ok', 'ok', 'ok', 'LND-013']],
  ['no right to list', { denied: 'ListObjectsV2' }, ['LND-013', 'ok', 'ok', 'ok']],
])('debug of a landing zone in S3 with %s says which step it stops', async (_, given, expected) => {
  const { secret, bucket = BUCKET, denied }: { secret?: string; bucket?: string; denied?: string } = given;
  const server = await testServer();
  if (denied !== undefined) server.faults.add({ operation: denied, times: 100, fault: ACCESS_DENIED });
  if (secret !== undefined) onTestFinished(setEnvironment({ AWS_SECRET_ACCESS_KEY: secret }));
  const root = projectOn({
    ...{ adapter: 'duckdb', path: 'dev.duckdb', landing: `s3://${bucket}/zone` },
    ...{ endpoint: server.endpoint, force_path_style: true },
  });
  const outcomes = await debugged(root);
  const steps = Object.keys(LANDED).map((step) => outcomes[step]);
  expect(steps.slice(0, expected.length)).toEqual(expected);
});

test('debug of a landing zone in S3 passes where all works, and leaves nothing behind', async () => {
  const server = await testServer();
  const root = projectOn({
    ...{ adapter: 'duckdb', path: 'dev.duckdb', landing: `s3://${BUCKET}/zone` },
    ...{ endpoint: server.endpoint, force_path_style: true },
  });
  expect(await debugged(root)).toEqual({ ...READ, warehouse: 'ok', ...OPEN, ...LANDED });
  expect(server.keys(BUCKET)).toEqual([]);
  expect(await model('debug', { cwd: root, env: AWS_ENVIRONMENT })).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(root, 'landing'))).toBe(false);
});
