import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { S3Connection } from './s3-connection.ts';
import { errorName } from './s3-failure.ts';

/** A body is asked for so often without a single byte more. */
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 100;

/** An object's bytes. When the connection breaks in the middle, the rest of the same object is asked for. */
export function readObject(connection: S3Connection, bucket: string, key: string): Readable {
  return Readable.from(bytesOf(connection, bucket, key), { objectMode: false });
}

async function* bytesOf(connection: S3Connection, Bucket: string, Key: string): AsyncGenerator<Buffer> {
  const task = `read "${Key}"`;
  let offset = 0;
  let etag: string | undefined;
  let total = Number.POSITIVE_INFINITY;
  for (let attempt = 1; offset < total; attempt++) {
    const rest =
      offset === 0 ? {} : { Range: `bytes=${offset}-`, ...(etag !== undefined && { IfMatch: etag }) };
    const { ETag, ContentLength, Body } = await connection.use(task, (client) =>
      client.send(new GetObjectCommand({ Bucket, Key, ...rest })),
    );
    etag ??= ETag;
    total = offset + (ContentLength ?? 0);
    try {
      for await (const piece of Body as Readable) {
        offset += piece.length;
        attempt = 0;
        yield piece;
      }
    } catch (error) {
      if (!isBroken(error) || attempt >= ATTEMPTS) await connection.use(task, () => Promise.reject(error));
      await sleep(FIRST_DELAY_MS * 2 ** attempt);
    }
  }
}

/** The connection ended before the body did. */
function isBroken(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'TimeoutError', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
    errorName(error),
  );
}
