import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ALGORITHMS, type Algorithm, checksum } from './checksum.ts';
import { chunkedContent } from './chunked-body.ts';
import { S3Error } from './s3-error.ts';

/** Bodies from this size on go to their file piece by piece. */
const LARGE = 4 * 1024 * 1024;

/** A body that was written to a file and found to be what its headers say. */
export interface ReceivedBody {
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly md5: string;
  /** Base64, by algorithm: those that the client sent. */
  readonly checksums: ReadonlyMap<Algorithm, string>;
}

/** Writes a request's body to a file and verifies length, payload hash, MD5 and checksums; throws an S3Error and leaves no file. */
export async function receiveBody(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  file: string,
): Promise<ReceivedBody> {
  try {
    return await receive(headers, body, file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

async function receive(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  file: string,
): Promise<ReceivedBody> {
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
  const counted = async function* () {
    for await (const piece of content) {
      bytes += piece.length;
      md5.update(piece);
      if (isHashed) sha256.update(piece);
      for (const [, sum] of sums) sum.update(piece);
      yield piece;
    }
  };
  const size = Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? LARGE);
  if (size < LARGE) await writeFile(file, await allOf(counted()));
  else await pipeline(counted, createWriteStream(file));

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
  return { file, bytes, md5: digest.toString('hex'), checksums };
}

function isExpected(headers: IncomingHttpHeaders, algorithm: Algorithm): boolean {
  const name = `x-amz-checksum-${algorithm}`;
  return text(headers, name) !== '' || text(headers, 'x-amz-trailer').toLowerCase() === name;
}

function text(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

async function allOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
