import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../../../src/diagnostic/diagnostic.ts';
import { S3Landing } from '../../../src/landing/s3/s3-landing.ts';
import { writeBatch } from '../../../src/landing/write-batch.ts';
import { scratchFolder } from '../../seed/scratch-project.ts';
import {
  ACCESS_DENIED,
  CONDITIONAL_CONFLICT,
  EXPIRED_TOKEN,
  INTERNAL_ERROR,
  SLOW_DOWN,
} from '../../support/s3/fault.ts';
import { BUCKET, placeAt, setEnvironment, testServer } from '../../support/s3/s3-place.ts';
import type { S3Server } from '../../support/s3/s3-server.ts';
import { usePausesUpTo, useShortestDelays } from '../../support/shortest-delays.ts';

useShortestDelays();
// The landing zone's own pauses are longer; the server's, for slow bodies, are not.
usePausesUpTo(20);

const HEAD = { table: 'orders', columns: [{ name: 'id', type: 'bigint' }] };
const PARTITIONED = { ...HEAD, partition: { column: 'day', value: '2025-01-01' } };
const FOLDER = 'zone/orders/day=2025-01-01';
const MB = 1024 * 1024;

describe('A batch in S3', () => {
  test('is parts named by what they hold, with their hash, and a manifest with their addresses', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const manifest = await writeBatch(landing, PARTITIONED, chunks('1\n2\n', '3\n'), sizeOf(4));
    const keys = server.keys(BUCKET);
    expect(keys).toEqual([
      `${FOLDER}/manifest.json`,
      expect.stringMatching(/part-0000-[0-9a-f]{12}\.csv\.gz$/),
      expect.stringMatching(/part-0001-[0-9a-f]{12}\.csv\.gz$/),
    ]);
    expect(manifest.entries.map(({ url }) => url)).toEqual(
      keys.slice(1).map((key) => `s3://${BUCKET}/${key}`),
    );
    expect(gunzipSync(await server.read(BUCKET, keys[2] ?? '')).toString()).toBe('id\n3\n');
    expect(await metadataOf(server, keys[1] ?? '')).toEqual({ sha256: manifest.entries[0]?.sha256 });
    expect(await landing.tables()).toEqual(['orders']);
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders/day=2025-01-01', manifest }]);
  });

  test('is written manifest last, on the condition that there is none', async () => {
    const server = await testServer();
    await writeBatch(new S3Landing(placeAt(server)), HEAD, chunks('1\n'));
    expect(writesOf(server)).toEqual([expect.stringContaining('part-0000'), 'zone/orders/manifest.json']);
  });

  test('whose manifest another program writes meanwhile is told, and stands', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const mine = await landing.writeBatch('orders');
    const theirs = await writeBatch(landing, HEAD, chunks('2\n'));
    await expect(mine.publish({ version: 1, ...HEAD, entries: [] })).rejects.toThrow(/LND-021/);
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest: theirs }]);
  });

  test('that two programs write at once with the same content is one batch', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const write = () => writeBatch(new S3Landing(placeAt(server)), HEAD, chunks('1\n'));
    const [one, other] = await Promise.all([write(), write()]);
    expect(one).toEqual(other);
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest: one }]);
  });

  test('is published once although the answer was lost and the manifest sent again', async () => {
    const server = await testServer();
    server.faults.add({ key: /manifest/, method: 'PUT', fault: { kind: 'lost-answer' } });
    const landing = new S3Landing(placeAt(server));
    const manifest = await writeBatch(landing, HEAD, chunks('1\n'));
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest }]);
    expect(server.requests.filter(({ code }) => code === 'PreconditionFailed')).toHaveLength(1);
  });

  test('is published while S3 says that another write of the manifest is under way, once that is over', async () => {
    const server = await testServer();
    server.faults.add({ key: /manifest/, method: 'PUT', times: 2, fault: CONDITIONAL_CONFLICT });
    const landing = new S3Landing(placeAt(server));
    const manifest = await writeBatch(landing, HEAD, chunks('1\n'));
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest }]);
    expect(server.requests.filter(({ code }) => code === 'ConditionalRequestConflict')).toHaveLength(2);
  });

  test('is published although the write that was under way was its own, whose answer was lost', async () => {
    const server = await testServer();
    server.faults.add({ key: /manifest/, method: 'PUT', fault: { kind: 'lost-answer' } });
    server.faults.add({ key: /manifest/, method: 'PUT', nth: 2, fault: CONDITIONAL_CONFLICT });
    const landing = new S3Landing(placeAt(server));
    const manifest = await writeBatch(landing, HEAD, chunks('1\n'));
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest }]);
    expect(server.requests.filter(({ code }) => code === 'PreconditionFailed')).toHaveLength(1);
  });

  test('whose manifest another program is writing, and then has written, is told as lost to it', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const mine = await landing.writeBatch('orders');
    const theirs = await writeBatch(landing, HEAD, chunks('2\n'));
    server.faults.add({ key: /manifest/, method: 'PUT', fault: CONDITIONAL_CONFLICT });
    await expect(mine.publish({ version: 1, ...HEAD, entries: [] })).rejects.toThrow(/LND-021/);
    expect(await landing.batches('orders', raise)).toEqual([{ path: 'orders', manifest: theirs }]);
  });

  test('whose manifest S3 never lets write says so, not that another program was faster', async () => {
    const server = await testServer();
    server.faults.add({ key: /manifest/, method: 'PUT', times: 100, fault: CONDITIONAL_CONFLICT });
    const failure = await diagnosticOf(writeBatch(new S3Landing(placeAt(server)), HEAD, chunks('1\n')));
    expect(failure).toMatchObject({
      code: 'LND-020',
      message: expect.stringMatching(/write "zone\/orders\/manifest\.json".*409 ConditionalRequestConflict/),
    });
  });

  test('that is written again replaces the former one, whose parts stay until then and go after', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    await writeBatch(landing, HEAD, chunks('1\n', '2\n'), sizeOf(1));
    const before = server.keys(BUCKET);
    const batch = await landing.writeBatch('orders');
    const part = await batch.writePart(0, [Buffer.from('x')], 'f'.repeat(64));
    expect(server.keys(BUCKET)).toEqual(expect.arrayContaining([...before]));
    const entry = { ...part, mandatory: true as const, rows: 1, sha256: 'f'.repeat(64) };
    await batch.publish({ version: 1, ...HEAD, entries: [entry] });
    expect(server.keys(BUCKET)).toEqual([
      'zone/orders/manifest.json',
      part.url.slice(`s3://${BUCKET}/`.length),
    ]);
  });

  test('whose former parts S3 does not let go is written, and the landing zone knows how many they are, and why', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    await writeBatch(landing, HEAD, chunks('1\n', '2\n', '3\n'), sizeOf(1));
    await writeBatch(landing, PARTITIONED, chunks('1\n'));
    expect(landing.unremoved()).toBeUndefined();
    const refusal = { code: 'AccessDenied', message: 'Access Denied by a bucket policy' };
    const fault = { kind: 'keys-kept', keys: /part-000[01]/, ...refusal } as const;
    server.faults.add({ operation: 'DeleteObjects', times: 2, fault });
    const manifest = await writeBatch(landing, HEAD, []);
    await writeBatch(landing, PARTITIONED, []);
    expect(await landing.batches('orders', raise)).toContainEqual({ path: 'orders', manifest });
    const left = server.keys(BUCKET).filter((key) => key.includes('part-'));
    expect(left).toHaveLength(3);
    expect(landing.unremoved()).toEqual({ count: 3, first: left[1], ...refusal });
  });

  test('whose former parts S3 did not let go removes them when it is written once more', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    await writeBatch(landing, HEAD, chunks('1\n'));
    const fault = { kind: 'keys-kept', keys: /part-/, code: 'InternalError', message: 'Again' } as const;
    server.faults.add({ operation: 'DeleteObjects', fault });
    await writeBatch(landing, HEAD, []);
    expect(server.keys(BUCKET)).toHaveLength(2);
    await writeBatch(landing, { ...HEAD, inputs: 'others' }, []);
    expect(server.keys(BUCKET)).toEqual(['zone/orders/manifest.json']);
  });

  test('of rows that come again keeps its parts: they are looked at, not sent', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const first = await writeBatch(landing, HEAD, chunks('1\n', '2\n'), sizeOf(1));
    const sent = writesOf(server).length;
    const second = await writeBatch(landing, { ...HEAD, inputs: 'others' }, chunks('1\n', '2\n'), sizeOf(1));
    expect(second.entries).toEqual(first.entries);
    expect(writesOf(server).slice(sent)).toEqual(['zone/orders/manifest.json']);
  });

  test('is not taken for whole by a part of the right name and another hash', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const { entries } = await writeBatch(landing, HEAD, chunks('1\n'));
    const path = (entries[0]?.url ?? '').slice(`s3://${BUCKET}/zone/`.length);
    await landing.write(path, Buffer.from('damaged'));
    await writeBatch(landing, HEAD, chunks('1\n'));
    expect(gunzipSync(await server.read(BUCKET, `zone/${path}`)).toString()).toBe('id\n1\n');
  });

  test('of a large part goes up in pieces, three at once, and comes back byte by byte', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const rows = Array.from({ length: 5 }, () => `${randomBytes(3 * MB).toString('base64')}\n`);
    const { entries } = await writeBatch(landing, HEAD, chunks(...rows));
    expect(operationsOf(server, /part-/)).toMatchObject({
      CreateMultipartUpload: 1,
      CompleteMultipartUpload: 1,
    });
    expect(operationsOf(server, /part-/)['UploadPart']).toBeGreaterThan(1);
    const path = (entries[0]?.url ?? '').slice(`s3://${BUCKET}/zone/`.length);
    const text = gunzipSync(await buffer(await landing.read(path))).toString();
    expect(text === `id\n${rows.join('')}`).toBe(true);
    expect(await landing.size(path)).toBe(entries[0]?.bytes);
  });

  test('asks for the encryption that its target wants, for parts, pieces and manifest', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server, { sse: 'aws:kms', sseKmsKeyId: 'key-1' }));
    await writeBatch(landing, HEAD, chunks(`${randomBytes(8 * MB).toString('base64')}\n`, '2\n'));
    for (const key of server.keys(BUCKET))
      expect(await headOf(server, key)).toMatchObject({
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: 'key-1',
      });
  });
});

describe('A landing zone in S3', () => {
  test('is in the region that the target, the environment or the profile names', async () => {
    await testServer();
    const config = join(scratchFolder(), 'config');
    writeFileSync(config, '[default]\nregion = eu-west-3\n');
    const regionOf = (region?: string) =>
      new S3Landing({ address: `s3://${BUCKET}`, ...(region !== undefined && { region }) }).region();
    const restore = setEnvironment({ AWS_REGION: undefined, AWS_CONFIG_FILE: config });
    try {
      expect(await regionOf('eu-west-1')).toBe('eu-west-1');
      expect(await regionOf()).toBe('eu-west-3');
      setEnvironment({ AWS_REGION: 'eu-west-2' });
      expect(await regionOf()).toBe('eu-west-2');
    } finally {
      restore();
    }
  });

  test('of batches on three pages lists them all, page by page', async () => {
    const server = await testServer({ pageSize: 10 });
    const landing = new S3Landing(placeAt(server));
    const days = Array.from({ length: 26 }, (_, n) => String(n).padStart(2, '0'));
    for (const value of days) {
      const manifest = { version: 1, ...HEAD, partition: { column: 'n', value }, entries: [] };
      server.put(BUCKET, `zone/orders/n=${value}/manifest.json`, JSON.stringify(manifest));
    }
    const batches = await landing.batches('orders', raise);
    expect(batches.map(({ manifest }) => manifest.partition?.value)).toEqual(days);
    const pages = server.requests.filter(({ operation }) => operation === 'ListObjectsV2');
    expect(pages).toHaveLength(3);
  });

  test('may be a whole bucket, and hold what is no table', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server, { address: `s3://${BUCKET}` }));
    await writeBatch(landing, HEAD, []);
    await landing.write('_generation.json', Buffer.from('{}'));
    await landing.write('notes/read me.txt', Buffer.from('x'));
    expect(await landing.tables()).toEqual(['orders']);
    expect(server.keys(BUCKET)).toContain('orders/manifest.json');
  });

  test('says which manifests it cannot trust', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const entry = { url: `s3://${BUCKET}/zone/users/part-0000.csv.gz`, mandatory: true, rows: 1, bytes: 1 };
    const manifest = { version: 1, ...HEAD, entries: [{ ...entry, sha256: '0'.repeat(64) }] };
    await landing.write('orders/manifest.json', Buffer.from(JSON.stringify(manifest)));
    const found: Diagnostic[] = [];
    expect(await landing.batches('orders', (problem) => found.push(problem))).toEqual([]);
    expect(found).toMatchObject([
      { code: 'LND-003', span: { source: { path: `s3://${BUCKET}/zone/orders/manifest.json` } } },
    ]);
  });

  test('reads, measures and removes objects, and knows when there is none', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    await landing.write('a/b & c%2F', Readable.from([Buffer.from('he'), Buffer.from('llo')]));
    expect(await landing.size('a/b & c%2F')).toBe(5);
    expect((await buffer(await landing.read('a/b & c%2F'))).toString()).toBe('hello');
    await landing.remove('a/b & c%2F');
    expect(await landing.size('a/b & c%2F')).toBeUndefined();
    await expect(buffer(await landing.read('a/b & c%2F'))).rejects.toThrow(/LND-019/);
    await expect(landing.read('../elsewhere')).rejects.toThrow(/LND-005/);
  });
});

describe('A fault in the middle of an upload', () => {
  test.each([
    ['an internal error', INTERNAL_ERROR],
    ['a request to slow down', SLOW_DOWN],
    ['a reset connection', { kind: 'reset' } as const],
    ['a connection that breaks in a body', { kind: 'reset', afterBytes: 100_000 } as const],
    ['a lost answer', { kind: 'lost-answer' } as const],
    ['a slow network', { kind: 'slow', bytesPerSecond: 20 * MB } as const],
  ])('%s, in every operation, leaves the batch as it should be', async (_, fault) => {
    const server = await testServer();
    for (const operation of ['ListObjectsV2', 'CreateMultipartUpload', 'UploadPart', 'PutObject'])
      server.faults.add({ operation, fault });
    server.faults.add({ operation: 'UploadPart', nth: 3, fault });
    server.faults.add({
      operation: 'CompleteMultipartUpload',
      fault: fault.kind === 'lost-answer' ? SLOW_DOWN : fault,
    });
    const landing = new S3Landing(placeAt(server));
    const row = `${randomBytes(9 * MB).toString('base64')}\n`;
    const { entries } = await writeBatch(landing, HEAD, chunks(row, '1\n'));
    const key = (entries[0]?.url ?? '').slice(`s3://${BUCKET}/`.length);
    expect(gunzipSync(await server.read(BUCKET, key)).toString() === `id\n${row}1\n`).toBe(true);
    expect((await landing.batches('orders', raise))[0]?.manifest.entries).toEqual(entries);
  });

  test('that lasts is told with what was tried, and nothing becomes visible', async () => {
    const server = await testServer();
    server.faults.add({ operation: 'PutObject', key: /part-/, times: 100, fault: SLOW_DOWN });
    const landing = new S3Landing(placeAt(server));
    const failure = await diagnosticOf(writeBatch(landing, HEAD, chunks('1\n')));
    expect(failure).toMatchObject({
      code: 'LND-020',
      message: expect.stringMatching(/write "zone\/orders\/part-0000.*503 SlowDown, 6 times/),
    });
    expect(server.keys(BUCKET)).toEqual([]);
  });

  test('pieces that an interrupted upload left are given up by the next write of the batch', async () => {
    const server = await testServer();
    const fault = ACCESS_DENIED;
    server.faults.add({ operation: 'UploadPart', nth: 2, fault });
    server.faults.add({ operation: 'AbortMultipartUpload', fault });
    const write = () => writeBatch(new S3Landing(placeAt(server)), HEAD, chunks(LARGE_ROW));
    await expect(write()).rejects.toThrow(/LND-013/);
    expect(server.openUploads(BUCKET)).toHaveLength(1);
    await write();
    expect(server.openUploads(BUCKET)).toEqual([]);
  });
});

describe('A fault in the middle of reading', () => {
  test.each([
    ['an internal error', INTERNAL_ERROR],
    ['a reset connection', { kind: 'reset' } as const],
    ['a truncated body', { kind: 'truncated', afterBytes: 200_000 } as const],
    ['a slow body', { kind: 'slow', bytesPerSecond: 20 * MB } as const],
  ])('%s does not show in what is read', async (_, fault) => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    const bytes = randomBytes(MB);
    await landing.write('object', bytes);
    server.faults.add({ operation: 'GetObject', times: 2, fault });
    expect((await buffer(await landing.read('object'))).equals(bytes)).toBe(true);
  });

  test('an object that is replaced meanwhile is never mixed with the other', async () => {
    const server = await testServer();
    const landing = new S3Landing(placeAt(server));
    await landing.write('object', Buffer.alloc(4 * MB, 'a'));
    server.faults.add({ operation: 'GetObject', fault: { kind: 'truncated', afterBytes: 3 * MB } });
    const reading = await landing.read('object');
    const pieces: Buffer[] = [];
    const read = async () => {
      for await (const piece of reading) {
        if (pieces.length === 0) await landing.write('object', Buffer.alloc(4 * MB, 'b'));
        pieces.push(piece);
      }
    };
    await expect(read()).rejects.toThrow(/LND-020.*PreconditionFailed/);
  });
});

describe('What is wrong is told as it is:', () => {
  test('no credentials', async () => {
    const server = await testServer();
    const restore = setEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    try {
      expect(await failureAt(server)).toMatchObject({ code: 'LND-010' });
    } finally {
      restore();
    }
  });

  test('a wrong secret', async () => {
    const server = await testServer({ accessKeys: { AKIATEST: 'another' } });
    expect(await failureAt(server)).toMatchObject({
      code: 'LND-011',
      message: expect.stringMatching(/SignatureDoesNotMatch/),
    });
  });

  test('expired credentials', async () => {
    const server = await testServer();
    server.faults.add({ times: 100, fault: EXPIRED_TOKEN });
    expect(await failureAt(server)).toMatchObject({ code: 'LND-012' });
  });

  test('access denied, also where the answer has no body', async () => {
    const server = await testServer();
    server.faults.add({ times: 100, fault: ACCESS_DENIED });
    expect(await failureAt(server)).toMatchObject({ code: 'LND-013' });
    expect(await diagnosticOf(new S3Landing(placeAt(server)).size('x'))).toMatchObject({
      code: 'LND-013',
      message: expect.stringMatching(/may not look at "zone\/x"/),
    });
  });

  test('no such bucket', async () => {
    const server = await testServer({ buckets: [] });
    expect(await failureAt(server)).toMatchObject({ code: 'LND-014' });
  });

  test('a wrong region, and the right one', async () => {
    const server = await testServer({ region: 'eu-central-1' });
    expect(await failureAt(server)).toMatchObject({
      code: 'LND-015',
      hint: expect.stringMatching(/eu-central-1/),
    });
  });

  test('no region', async () => {
    await testServer();
    const restore = setEnvironment({ AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined });
    try {
      const landing = new S3Landing({ address: `s3://${BUCKET}` });
      expect(await diagnosticOf(landing.tables())).toMatchObject({ code: 'LND-016' });
    } finally {
      restore();
    }
  });

  test('an endpoint where nobody is', async () => {
    const server = await testServer();
    await server.close();
    expect(await failureAt(server)).toMatchObject({
      code: 'LND-017',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  test('a clock that is wrong', async () => {
    const server = await testServer();
    server.faults.add({ times: 100, fault: { kind: 'error', status: 403, code: 'RequestTimeTooSkewed' } });
    expect(await failureAt(server)).toMatchObject({ code: 'LND-018' });
  });

  test.each(['s3://', 's3://Bucket/x', 's3://bucket//x', 's3://bucket/../x'])('the address %s', (address) => {
    expect(() => new S3Landing({ address })).toThrow(/LND-022/);
  });
});

test('Credentials that expire in the middle are read again where somebody has renewed them', async () => {
  const key = (sessionToken: string) => ({ secret: 'the secret of a file', sessionToken });
  const server = await testServer({ accessKeys: { OLD: key('old'), NEW: key('new') } });
  const file = join(scratchFolder(), 'credentials');
  const renew = (id: string, token: string) =>
    writeFileSync(
      file,
      `[default]\naws_access_key_id = ${id}\naws_secret_access_key = the secret of a file\naws_session_token = ${token}\n`,
    );
  const restore = setEnvironment({
    ...{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    AWS_SHARED_CREDENTIALS_FILE: file,
  });
  try {
    renew('OLD', 'old');
    const landing = new S3Landing(placeAt(server));
    await writeBatch(landing, HEAD, chunks('1\n'));
    server.faults.add({ operation: 'UploadPart', nth: 2, fault: EXPIRED_TOKEN });
    renew('NEW', 'new');
    const manifest = await writeBatch(landing, PARTITIONED, chunks(LARGE_ROW));
    expect(server.requests.filter(({ code }) => code === 'ExpiredToken').length).toBeGreaterThan(0);
    expect((await landing.batches('orders', raise)).map((batch) => batch.manifest)).toContainEqual(manifest);
  } finally {
    restore();
  }
});

const LARGE_ROW = `${randomBytes(9 * MB).toString('base64')}\n`;

function chunks(...texts: readonly string[]) {
  return texts.map((text) => ({ bytes: Buffer.from(text), rows: text.split('\n').length - 1 }));
}

function writesOf(server: S3Server): readonly string[] {
  return server.requests.filter(({ operation }) => operation === 'PutObject').map(({ key }) => key);
}

function operationsOf(server: S3Server, key: RegExp): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of server.requests) {
    if (key.test(request.key)) counts[request.operation] = (counts[request.operation] ?? 0) + 1;
  }
  return counts;
}

async function failureAt(server: S3Server): Promise<Diagnostic> {
  return diagnosticOf(new S3Landing(placeAt(server)).tables());
}

async function diagnosticOf(work: Promise<unknown>): Promise<Diagnostic> {
  const error = await work.then(
    () => new Error('no failure'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiagnosticError) || error.diagnostics[0] === undefined) throw error;
  const { code, message, hint, severity } = error.diagnostics[0];
  return { code, message, severity, ...(hint !== undefined && { hint }) };
}

async function metadataOf(server: S3Server, key: string) {
  return (await headOf(server, key)).Metadata;
}

async function headOf({ endpoint }: S3Server, Key: string) {
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  try {
    return await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
  } finally {
    client.destroy();
  }
}

function raise(problem: Diagnostic): never {
  throw new Error(problem.message);
}

function sizeOf(most: number) {
  return { slices: 1, least: 0, most };
}
