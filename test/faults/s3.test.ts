import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { scratchFolder } from '../seed/scratch-project.ts';
import { model, type ProgramEnd, startModel } from '../support/program.ts';
import { modelHere } from '../support/program-here.ts';
import { EXPIRED_TOKEN, INTERNAL_ERROR, SLOW_DOWN } from '../support/s3/fault.ts';
import { AWS_ENVIRONMENT, BUCKET, testServer } from '../support/s3/s3-place.ts';
import type { S3Server } from '../support/s3/s3-server.ts';
import { useShortestDelays } from '../support/shortest-delays.ts';
import { seenIn, Workshop } from './killed-program.ts';

// A test runs the program up to five times, and each start has a time limit of its own.
vi.setConfig({ testTimeout: 240_000 });

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const SIZE = '--days 12 --users 40';
const SECRET = AWS_ENVIRONMENT['AWS_SECRET_ACCESS_KEY'] ?? '';

useShortestDelays();
const workshop = new Workshop();
afterAll(() => workshop.close());

test('The reference project publishes the same rows from S3 as from a folder, and sends nothing twice', async () => {
  const server = await testServer();
  const folder = referenceProject();
  const bucket = landingAt(server, referenceProject());
  const build = `build --quiet ${SIZE} --exclude resource_type:test resource_type:unit_test`;
  expect(await modelHere(build, { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  expect(await inS3(build, bucket)).toMatchObject({ code: 0, stderr: '' });
  expect(await publishedIn(bucket)).toEqual(await publishedIn(folder));
  expect(server.keys(BUCKET)).toContain('zone/daily_dump/load_date=2025-12-31/manifest.json');

  const sent = server.requests.length;
  expect((await inS3(`seed --quiet ${SIZE}`, bucket)).code).toBe(0);
  const again = server.requests.slice(sent);
  expect(again.filter(({ operation, key }) => operation === 'PutObject' || key.includes('part-'))).toEqual(
    [],
  );
});

test('Generating opens no warehouse, and loading needs no generator', async () => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  expect(await inS3(`generate --quiet ${SIZE}`, root)).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(root, 'dev.duckdb'))).toBe(false);
  writeFileSync(join(root, 'seeds/events.ts'), 'throw new Error("nobody may run me");\n');
  expect(await inS3('load --quiet', root)).toMatchObject({ code: 0, stderr: '' });
  expect((await seenIn(root))['analytics__raw.events']).toMatchObject([{ n: 480n }]);
});

test.each([
  ['internal errors', INTERNAL_ERROR],
  ['requests to slow down', SLOW_DOWN],
  ['reset connections', { kind: 'reset' } as const],
  ['lost answers', { kind: 'lost-answer' } as const],
  ['truncated bodies', { kind: 'truncated', afterBytes: 50 } as const],
  ['slow bodies', { kind: 'slow', bytesPerSecond: 100_000 } as const],
])('A build whose uploads and downloads meet %s publishes what one without them does', async (_, fault) => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  for (const nth of [1, 4, 9]) {
    for (const operation of ['PutObject', 'GetObject', 'ListObjectsV2'])
      server.faults.add({ operation, nth, fault });
  }
  expect(await inS3(`build --quiet ${SIZE}`, root)).toMatchObject({ code: 0, stderr: '' });
  expect(await seenIn(root)).toEqual(await withoutFaults());
});

test('A generation killed while it sends goes on where it was: parts that are there are not sent again', async () => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  server.faults.add({ key: /manifest\.json$/, method: 'PUT', nth: 6, times: 100, fault: STALLED });
  const program = startModel(`generate ${SIZE}`, { cwd: root, env: AWS_ENVIRONMENT });
  await until(() => partsSent(server).length >= 8);
  program.process.kill('SIGKILL');
  await program.end;
  const before = partsSent(server);
  const visible = server.keys(BUCKET).filter((key) => key.endsWith('manifest.json'));
  expect(before.length).toBeGreaterThan(visible.length);

  server.faults.clear();
  expect((await inS3(`generate ${SIZE}`, root)).code).toBe(0);
  const sent = partsSent(server);
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent).toHaveLength(12);
  expect(await inS3('build --quiet', root)).toMatchObject({ code: 0, stderr: '' });
  expect(await seenIn(root)).toEqual(await withoutFaults());
});

test('A killed upload in pieces is given up by the next run, which sends it whole', async () => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  const seed = readFileSync(join(root, 'seeds/events.ts'), 'utf8').replace("'kind ' + (i % 3)", 'noise(i)');
  writeFileSync(join(root, 'seeds/events.ts'), `${seed}${NOISE}`);
  server.faults.add({ operation: 'UploadPart', nth: 2, times: 100, fault: STALLED });
  const large = '--days 1 --users 3000';
  const program = startModel(`generate ${large}`, { cwd: root, env: AWS_ENVIRONMENT });
  await until(() => server.requests.some(({ operation }) => operation === 'UploadPart'));
  program.process.kill('SIGKILL');
  await program.end;
  expect(server.openUploads(BUCKET)).toHaveLength(1);

  server.faults.clear();
  expect((await inS3(`generate ${large}`, root)).code).toBe(0);
  expect(server.openUploads(BUCKET)).toEqual([]);
  expect(await inS3('load --quiet', root)).toMatchObject({ code: 0, stderr: '' });
});

test('Credentials that expire in the middle stop the command with what to do, and the next one goes on', async () => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  server.faults.add({ operation: 'PutObject', nth: 8, times: 1000, fault: EXPIRED_TOKEN });
  const end = await inS3(`generate ${SIZE}`, root);
  expect(end.code).not.toBe(0);
  expect(end.stderr).toContain('LND-012');
  expect(end.stderr).toContain('Log in again');
  server.faults.clear();
  expect((await inS3(`generate ${SIZE}`, root)).code).toBe(0);
  const sent = partsSent(server);
  expect(new Set(sent).size).toBe(sent.length);

  server.faults.add({ key: /part-/, nth: 3, times: 1000, fault: EXPIRED_TOKEN });
  const load = await inS3('load', root);
  expect(load.code).toBe(1);
  expect(load.stdout + load.stderr).toContain('LND-012');
  server.faults.clear();
  expect(await inS3('load --quiet', root)).toMatchObject({ code: 0, stderr: '' });
});

test('Old parts that the bucket does not let go are told, and the new rows are generated all the same', async () => {
  const server = await testServer();
  const root = landingAt(server, workshop.project());
  expect((await inS3(`generate --quiet ${SIZE}`, root)).code).toBe(0);
  const refusal = { code: 'AccessDenied', message: 'Access Denied by a policy' };
  const fault = { kind: 'keys-kept', keys: /part-/, ...refusal } as const;
  server.faults.add({ operation: 'DeleteObjects', times: 1000, fault });
  const end = await inS3('generate --days 12 --users 41', root);
  expect(end.code).toBe(0);
  expect(end.stdout + end.stderr).toMatch(/LND-025.*12 parts of former batches.*AccessDenied.*by a policy/s);
});

test('What is wrong with the target is told with a hint, without a secret', async () => {
  const server = await testServer({ accessKeys: { AKIATEST: 'another secret' } });
  const root = landingAt(server, workshop.project());
  const start = (words: string) => model(words, { cwd: root, env: AWS_ENVIRONMENT });
  const refused = await start('generate');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('LND-011');
  const anonymous = await model('generate', {
    cwd: root,
    env: { ...AWS_ENVIRONMENT, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
  });
  expect(anonymous.stderr).toContain('LND-010');
  await server.close();
  const unreachable = await start('load');
  expect(unreachable.stderr).toContain('LND-017');
  for (const { stdout, stderr } of [refused, anonymous, unreachable])
    expect(stdout + stderr).not.toContain(SECRET);
});

/** Texts of 4 kB that gzip makes hardly smaller. */
const NOISE = `import { createHash } from 'node:crypto';
const noise = (i: number) => createHash('shake256', { outputLength: 3000 }).update(String(i)).digest('base64');
`;

/** So slow that it does not end while a test looks. */
const STALLED = { kind: 'slow', bytesPerSecond: 20 } as const;

let expected: ReturnType<typeof seenIn> | undefined;

/** What the workshop's project shows when its landing zone is a folder. */
function withoutFaults(): ReturnType<typeof seenIn> {
  const build = async () => {
    const root = workshop.project();
    expect(await modelHere(`build --quiet ${SIZE}`, { cwd: root })).toMatchObject({ code: 0 });
    return seenIn(root);
  };
  expected ??= build();
  return expected;
}

function inS3(words: string | readonly string[], cwd: string): Promise<ProgramEnd> {
  return modelHere(words, { cwd, env: AWS_ENVIRONMENT });
}

/** The same project with its landing zone in the server. */
function landingAt({ endpoint }: S3Server, root: string): string {
  const file = join(root, 'project.yml');
  const text = readFileSync(file, 'utf8');
  const settings = [`landing: s3://${BUCKET}/zone`, `endpoint: "${endpoint}"`, 'force_path_style: true'];
  const [line = '', indent = ''] = /^( *)landing: landing$/m.exec(text) ?? [];
  const placed =
    line === ''
      ? text.replace('landing: landing', settings.join(', '))
      : text.replace(line, settings.map((setting) => indent + setting).join('\n'));
  writeFileSync(file, placed);
  return root;
}

function referenceProject(): string {
  const root = scratchFolder();
  for (const path of ['project.yml', 'models', 'macros', 'seeds', 'test/data', 'test/unit'])
    cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  rmSync(join(root, 'landing'), { recursive: true, force: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** A hash of every published relation's rows. */
async function publishedIn(root: string): Promise<ReadonlyMap<string, string>> {
  const warehouse = await openDuckdb(join(root, 'warehouse/dev.duckdb'));
  try {
    const session = await warehouse.open();
    const { rows: names } = await session.query(
      "select table_name as name from information_schema.tables where table_schema = 'analytics' order by 1",
    );
    const hashes = new Map<string, string>();
    for (const { name } of names) {
      const { rows } = await session.query(
        `select count(*) || ' rows, ' || cast(sum(hash(t)) as varchar) as content from analytics."${name}" as t`,
      );
      hashes.set(String(name), String(rows[0]?.['content']));
    }
    expect(hashes.size).toBeGreaterThan(5);
    return hashes;
  } finally {
    await warehouse.close();
  }
}

/** Keys of parts that the server has stored, once for each time. */
function partsSent(server: S3Server): readonly string[] {
  return server.requests
    .filter(
      ({ operation, key, status }) => operation === 'PutObject' && key.includes('part-') && status === 200,
    )
    .map(({ key }) => key);
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 40_000) throw new Error('waited in vain');
    await sleep(10);
  }
}
