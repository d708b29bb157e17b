import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ALGORITHMS, type Algorithm, checksum } from './checksum.ts';
import { chunkedContent } from './chunked-body.ts';
import type { ContentFile, ObjectStore } from './object-store.ts';
import { S3Error } from './s3-error.ts';

/** Bodies from this size on go to a file of their own, piece by piece. */
const LARGE = 4 * 1024 * 1024;

/** A body that was found to be what its headers say, and is kept. */
export interface ReceivedBody {
  readonly content: ContentFile;
  readonly bytes: number;
  /** Hex. */
  readonly md5: string;
  /** Base64, by algorithm: those that the client sent. */
  readonly checksums: ReadonlyMap<Algorithm, string>;
}

/** Keeps a request's body in a store once length, payload hash, MD5 and checksums are verified; else throws an S3Error. */
export async function receiveBody(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  store: ObjectStore,
): Promise<ReceivedBody> {
  const size = Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? LARGE);
  if (size < LARGE) {
    let whole: Buffer = Buffer.alloc(0);
    const verified = await receive(headers, body, async (content, count) => {
      whole = count(await wholeOf(content));
    });
    return { ...verified, content: store.keep(whole) };
  }
  const path = store.newFile();
  try {
    const verified = await receive(headers, body, (content, count) =>
      pipeline(mapped(content, count), createWriteStream(path)),
    );
    return { ...verified, content: { path, start: 0, bytes: verified.bytes } };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** `stream/consumers` would copy it once more, through a Blob. */
async function wholeOf(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Takes the content, and has each of its pieces counted. */
type Take = (content: AsyncIterable<Buffer>, count: (piece: Buffer) => Buffer) => Promise<void>;

async function receive(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  take: Take,
): Promise<Omit<ReceivedBody, 'content'>> {
  const payload = text(headers, 'x-amz-content-sha256');
  if (payload.startsWith('STREAMING-AWS4')) {
    throw new S3Error(501, 'NotImplemented', 'Signed chunks are not implemented by this server');
  }
  const trailers = new Map<string, string>();
  const content = payload.startsWith('STREAMING-') ? chunkedContent(body, trailers) : body;
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  const expected = ALGORITHMS.filter((algorithm) => isExpected(headers, algorithm));
  const sums = expected.map((algorithm) => [algorithm, checksum(algorithm)] as const);
  const isHashed = /^[0-9a-f]{64}$/.test(payload);
  let bytes = 0;
  const count = (piece: Buffer) => {
    bytes += piece.length;
    md5.update(piece);
    if (isHashed) sha256.update(piece);
    for (const [, sum] of sums) sum.update(piece);
    return piece;
  };
  await take(content, count);

  const length = headers['x-amz-decoded-content-length'] ?? headers['content-length'];
  if (length !== undefined && Number(length) !== bytes) {
    throw new S3Error(
      400,
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length',
    );
  }
  if (isHashed && sha256.digest('hex') !== payload) {
    throw new S3Error(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match",
    );
  }
  const digest = md5.digest();
  const sentMd5 = text(headers, 'content-md5');
  if (sentMd5 !== '' && sentMd5 !== digest.toString('base64')) {
    throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const checksums = new Map<Algorithm, string>();
  for (const [algorithm, sum] of sums) {
    const name = `x-amz-checksum-${algorithm}`;
    const found = sum.digest();
    if ((text(headers, name) || trailers.get(name)) !== found) {
      const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw new S3Error(400, 'BadDigest', message);
    }
    checksums.set(algorithm, found);
  }
  return { bytes, md5: digest.toString('hex'), checksums };
}

function isExpected(headers: IncomingHttpHeaders, algorithm: Algorithm): boolean {
  const name = `x-amz-checksum-${algorithm}`;
  return text(headers, name) !== '' || text(headers, 'x-amz-trailer').toLowerCase() === name;
}

function text(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

async function* mapped(
  pieces: AsyncIterable<Buffer>,
  use: (piece: Buffer) => Buffer,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield use(piece);
}
