import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { errorName, errorStatus } from './s3-failure.ts';
import type { S3Zone } from './s3-zone.ts';

/** While another write of the manifest is under way, ours is begun so often at most: for six seconds or so. */
const ATTEMPTS = 7;
const FIRST_DELAY_MS = 100;

/**
 * Writes a manifest on the condition that the one that is there has still the etag that was `seen`; undefined: that there
 * is none. Gives the new etag, or undefined where another program was faster, with other content.
 */
export function replaceManifest(
  { connection, bucket: Bucket, encryption }: S3Zone,
  Key: string,
  text: Uint8Array,
  seen: string | undefined,
): Promise<string | undefined> {
  const condition = seen === undefined ? { IfNoneMatch: '*' } : { IfMatch: seen };
  const input = { Bucket, Key, Body: text, ContentType: 'application/json', ...encryption, ...condition };
  return connection.use(`write "${Key}"`, (client) =>
    onceSettled(async () => {
      try {
        return (await client.send(new PutObjectCommand(input))).ETag ?? '';
      } catch (error) {
        if (!isNotAsSeen(error)) throw error;
        return etagIfSame(client, Bucket, Key, text);
      }
    }),
  );
}

/**
 * Begins a write again for as long as S3 cannot tell its condition, as another write of the key is under way: perhaps our
 * own, whose answer was waited for in vain.
 */
async function onceSettled<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (errorStatus(error) !== 409 || attempt === ATTEMPTS) throw error;
      await sleep(FIRST_DELAY_MS * 2 ** (attempt - 1));
    }
  }
}

/** The manifest is another one; or it was removed meanwhile. */
function isNotAsSeen(error: unknown): boolean {
  return ['PreconditionFailed', 'NoSuchKey'].includes(errorName(error));
}

/** The etag of the manifest that is there, if it is this one: the answer to our own write was lost, and it was sent twice. */
async function etagIfSame(
  client: S3Client,
  Bucket: string,
  Key: string,
  text: Uint8Array,
): Promise<string | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const there = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return Buffer.from(text).equals(there) ? ETag : undefined;
  } catch (error) {
    if (errorName(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}
