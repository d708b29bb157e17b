import { randomBytes } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../seed/scratch-project.ts';
import { ACCESS_DENIED, INTERNAL_ERROR, SLOW_DOWN } from './fault.ts';
import { type S3Server, startS3Server } from './s3-server.ts';

const Bucket = 'test-bucket';
const MB = 1024 * 1024;
let server: S3Server;
let client: S3Client;

beforeAll(async () => {
  const temporary = { secret: 'temporary secret', sessionToken: 'token' };
  const expired = { ...temporary, expiresAt: new Date(0) };
  const accessKeys = { test: 'test secret', temporary, expired };
  server = await startS3Server({ accessKeys, buckets: [Bucket] });
  client = clientOf('test', 'test secret');
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

describe('Objects', () => {
  test('A text is stored as it was sent', async () => {
    await put('text', 'hello');
    expect(await get('text')).toBe('hello');
  });

  test('A buffer is stored, and its etag is its MD5', async () => {
    const { ETag } = await put('buffer', Buffer.from('hello'));
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  });

  test('An empty object is an object', async () => {
    await put('empty', '');
    expect(await get('empty')).toBe('');
  });

  test('A stream of known length, which travels in chunks with a trailer, is stored without them', async () => {
    const bytes = randomBytes(300_000);
    await put('stream', Readable.from([bytes.subarray(0, 100_001), bytes.subarray(100_001)]), {
      ContentLength: bytes.length,
    });
    expect((await getBytes('stream')).equals(bytes)).toBe(true);
  });

  test('A file that is streamed is stored byte by byte', async () => {
    const bytes = randomBytes(300_000);
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, bytes);
    await put('file', createReadStream(file), { ContentLength: bytes.length });
    expect((await getBytes('file')).equals(bytes)).toBe(true);
  });

  test('HEAD tells size, etag, type and metadata', async () => {
    await put('head', 'hello', { ContentType: 'text/csv', Metadata: { sha256: 'abc', rows: '7' } });
    const found = await client.send(new HeadObjectCommand({ Bucket, Key: 'head' }));
    expect(found).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/csv',
      Metadata: { sha256: 'abc', rows: '7' },
    });
    expect(found.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  });

  test('A range gives those bytes, from the middle and from the end', async () => {
    await put('range', '0123456789');
    expect(await get('range', 'bytes=2-4')).toBe('234');
    expect(await get('range', 'bytes=7-')).toBe('789');
    expect(await get('range', 'bytes=-2')).toBe('89');
  });

  test('A range beyond the end is refused', async () => {
    await put('range', '0123456789');
    await expect(get('range', 'bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('An object is read as a stream', async () => {
    const bytes = randomBytes(MB);
    await put('large', bytes);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'large' }));
    let read = 0;
    for await (const piece of Body as Readable) read += piece.length;
    expect(read).toBe(MB);
  });

  test('Reading what is not there is NoSuchKey, and HEAD of it is NotFound', async () => {
    await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const head = client.send(new HeadObjectCommand({ Bucket, Key: 'nothing' }));
    await expect(head).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('An unknown bucket is NoSuchBucket', async () => {
    const found = client.send(new GetObjectCommand({ Bucket: 'nobodys-bucket', Key: 'x' }));
    await expect(found).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('A new bucket can be made and written to', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'new-bucket' }));
    await client.send(new PutObjectCommand({ Bucket: 'new-bucket', Key: 'x', Body: 'hello' }));
    expect(server.keys('new-bucket')).toEqual(['x']);
  });

  test('Keys may hold spaces, percent signs, ampersands, plus signs and any letters', async () => {
    const key = "a folder/50% & more+ö日本'(1)*!.csv";
    await put(key, 'hello');
    expect(await get(key)).toBe('hello');
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a folder/50% &' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual([key]);
  });

  test('A removed object is gone, and removing it again is no mistake', async () => {
    await put('removed', 'x');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'removed' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'removed' }));
    expect(server.keys(Bucket)).not.toContain('removed');
  });

  test('Many objects are removed with one request', async () => {
    for (const key of ['many/1', 'many/2 & 3']) await put(key, 'x');
    const Delete = { Objects: [{ Key: 'many/1' }, { Key: 'many/2 & 3' }] };
    await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(server.keys(Bucket).filter((key) => key.startsWith('many/'))).toEqual([]);
  });

  test('Server-side encryption is remembered and told', async () => {
    const kms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' } as const;
    expect(await put('encrypted', 'x', kms)).toMatchObject(kms);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'encrypted' }))).toMatchObject(kms);
  });
});

describe('Conditions', () => {
  test('If-None-Match: * writes only what is not there', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await get('once')).toBe('first');
  });

  test('If-Match writes only over the version that was seen', async () => {
    const { ETag = '' } = await put('seen', 'first');
    await put('seen', 'second', { IfMatch: ETag });
    await expect(put('seen', 'third', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await get('seen')).toBe('second');
  });
});

describe('Lists', () => {
  test('2,500 keys come in three pages, each once, in order', async () => {
    const keys = Array.from({ length: 2_500 }, (_, n) => `pages/${String(n).padStart(5, '0')}`);
    for (const key of keys) server.put(Bucket, key, 'x');
    const found: string[] = [];
    let pages = 0;
    let ContinuationToken: string | undefined;
    do {
      const input = {
        Bucket,
        Prefix: 'pages/',
        ...(ContinuationToken !== undefined && { ContinuationToken }),
      };
      const page = await client.send(new ListObjectsV2Command(input));
      found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      ContinuationToken = page.NextContinuationToken;
      pages++;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual(keys);
    expect(pages).toBe(3);
  });

  test('A delimiter gives folders, also over several pages', async () => {
    for (const key of ['tree/a', 'tree/b/1', 'tree/b/2', 'tree/c/1']) await put(key, 'x');
    const input = { Bucket, Prefix: 'tree/', Delimiter: '/' };
    const whole = await client.send(new ListObjectsV2Command(input));
    expect(whole.Contents?.map(({ Key }) => Key)).toEqual(['tree/a']);
    expect(whole.CommonPrefixes).toEqual([{ Prefix: 'tree/b/' }, { Prefix: 'tree/c/' }]);
    const first = await client.send(new ListObjectsV2Command({ ...input, MaxKeys: 2 }));
    const ContinuationToken = first.NextContinuationToken ?? '';
    const second = await client.send(new ListObjectsV2Command({ ...input, ContinuationToken }));
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'tree/b/' }]);
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'tree/c/' }]);
  });
});

describe('Uploads in parts', () => {
  test('A large buffer goes up in parts, and its etag is that of its parts', async () => {
    const Body = randomBytes(12 * MB);
    const { ETag } = await new Upload({ client, params: { Bucket, Key: 'parts', Body } }).done();
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect((await getBytes('parts')).equals(Body)).toBe(true);
  });

  test('A gzip stream of unknown length goes up', async () => {
    const bytes = randomBytes(7 * MB);
    const Body = Readable.from([bytes]).pipe(createGzip({ level: 1 }));
    await new Upload({ client, params: { Bucket, Key: 'gzip', Body } }).done();
    expect(gunzipSync(await getBytes('gzip')).equals(bytes)).toBe(true);
  });

  test('A range may span parts', async () => {
    const Body = randomBytes(6 * MB);
    await new Upload({ client, params: { Bucket, Key: 'spanned', Body } }).done();
    const range = `bytes=${5 * MB - 10}-${5 * MB + 9}`;
    expect(await getBytes('spanned', range)).toEqual(Body.subarray(5 * MB - 10, 5 * MB + 10));
  });

  test('Metadata and encryption given at the beginning are the object’s', async () => {
    const kept = { Metadata: { sha256: 'abc' }, ServerSideEncryption: 'AES256' } as const;
    const params = { Bucket, Key: 'kept', Body: randomBytes(6 * MB), ...kept };
    await new Upload({ client, params }).done();
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject(kept);
  });

  test('An upload can be listed until it is aborted, and its parts never become an object', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'given-up' }));
    const input = { Bucket, Key: 'given-up', UploadId };
    await client.send(new UploadPartCommand({ ...input, PartNumber: 1, Body: 'x' }));
    const open = async () => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? [];
    expect((await open()).map(({ Key }) => Key)).toEqual(['given-up']);
    await client.send(new AbortMultipartUploadCommand(input));
    expect(await open()).toEqual([]);
    await expect(get('given-up')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('Refusals', () => {
  test('A wrong secret does not match', async () => {
    const wrong = clientOf('test', 'another secret');
    await expect(list(wrong)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  test('An unknown access key is refused', async () => {
    await expect(list(clientOf('nobody', 'test secret'))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    });
  });

  test('Nobody may speak without a signature', async () => {
    const { status } = await fetch(`${server.endpoint}/${Bucket}/text`);
    expect(status).toBe(403);
  });

  test('Another region than the bucket’s is refused and told', async () => {
    const abroad = clientOf('test', 'test secret', { region: 'eu-west-1' });
    await expect(list(abroad)).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      Region: 'us-east-1',
    });
  });

  test('Temporary credentials need their token, and are refused once they have expired', async () => {
    await list(clientOf('temporary', 'temporary secret', { sessionToken: 'token' }));
    const other = clientOf('temporary', 'temporary secret', { sessionToken: 'another' });
    await expect(list(other)).rejects.toMatchObject({ name: 'InvalidToken' });
    const expired = clientOf('expired', 'temporary secret', { sessionToken: 'token' });
    await expect(list(expired)).rejects.toMatchObject({ name: 'ExpiredToken' });
  });

  test('A wrong checksum is BadDigest, and nothing is stored', async () => {
    const wrong = put('damaged', 'hello', { ChecksumCRC32: 'AAAAAA==' });
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(get('damaged')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test.each(['CRC32C', 'SHA1', 'SHA256'] as const)('%s is verified as well', async (ChecksumAlgorithm) => {
    await put('summed', 'hello', { ChecksumAlgorithm });
    const wrong = put('summed', 'hello', { [`Checksum${ChecksumAlgorithm}`]: 'AAAAAA==' });
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
  });
});

describe('Faults', () => {
  test('The n-th request that matches meets the fault, the others do not', async () => {
    server.faults.add({ operation: 'PutObject', key: /^fault\//, nth: 2, fault: SLOW_DOWN });
    const impatient = clientOf('test', 'test secret', { maxAttempts: 1 });
    const send = (Key: string) => impatient.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await send('fault/1');
    await send('elsewhere');
    await expect(send('fault/2')).rejects.toMatchObject({
      name: 'SlowDown',
      $metadata: { httpStatusCode: 503 },
    });
    await send('fault/3');
    const met = server.requests.filter(({ key }) => key.startsWith('fault/'));
    expect(met.map(({ status, code }) => [status, code])).toEqual([
      [200, undefined],
      [503, 'SlowDown'],
      [200, undefined],
    ]);
  });

  test('The SDK tries again after 500, 503 and a reset', async () => {
    const key = /^again$/;
    server.faults.add({ key, nth: 1, fault: INTERNAL_ERROR });
    server.faults.add({ key, nth: 2, fault: { kind: 'reset' } });
    await put('again', 'hello');
    expect(await get('again')).toBe('hello');
  });

  test('A truncated body ends the connection before its length', async () => {
    await put('cut', randomBytes(MB));
    server.faults.add({
      operation: 'GetObject',
      key: /^cut$/,
      fault: { kind: 'truncated', afterBytes: 1000 },
    });
    await expect(getBytes('cut')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('A slow body takes its time', async () => {
    await put('slow', randomBytes(200_000));
    const fault = { kind: 'slow', bytesPerSecond: 1_000_000 } as const;
    server.faults.add({ operation: 'GetObject', key: /^slow$/, fault });
    const began = Date.now();
    await Promise.all([getBytes('slow'), sleep(0)]);
    expect(Date.now() - began).toBeGreaterThan(150);
  });

  test('A lost answer leaves the effect', async () => {
    server.faults.add({ key: /^lost$/, fault: { kind: 'lost-answer' } });
    const impatient = clientOf('test', 'test secret', { maxAttempts: 1 });
    const sent = impatient.send(new PutObjectCommand({ Bucket, Key: 'lost', Body: 'x' }));
    await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await get('lost')).toBe('x');
  });

  test('A fault may last', async () => {
    server.faults.add({ key: /^denied$/, times: 10, fault: ACCESS_DENIED });
    await expect(get('denied')).rejects.toMatchObject({ name: 'AccessDenied' });
    server.faults.clear();
    await expect(get('denied')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

function clientOf(
  accessKeyId: string,
  secretAccessKey: string,
  { sessionToken, ...more }: { sessionToken?: string; region?: string; maxAttempts?: number } = {},
): S3Client {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  const { endpoint } = server;
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials, ...more });
}

function put(
  Key: string,
  Body: NonNullable<PutObjectCommandInput['Body']>,
  more: Partial<PutObjectCommandInput> = {},
) {
  return client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function get(key: string, range?: string): Promise<string> {
  return (await getBytes(key, range)).toString();
}

async function getBytes(Key: string, Range?: string): Promise<Buffer> {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket, Key, ...(Range !== undefined && { Range }) }),
  );
  if (Body === undefined) throw new Error('no body');
  return Buffer.from(await Body.transformToByteArray());
}

function list(by: S3Client) {
  return by.send(new ListObjectsV2Command({ Bucket }));
}
