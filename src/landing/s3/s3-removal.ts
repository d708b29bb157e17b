import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { KeptObject } from './s3-unremoved.ts';
import type { S3Zone } from './s3-zone.ts';

/** `DeleteObjects` takes so many. */
const MOST_KEYS = 1000;

/** Removes parts that no manifest names any more; gives those that S3 keeps. */
export async function removeObjects(
  { connection, bucket: Bucket }: S3Zone,
  keys: readonly string[],
): Promise<readonly KeptObject[]> {
  const kept: KeptObject[] = [];
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    const Objects = keys.slice(from, from + MOST_KEYS).map((Key) => ({ Key }));
    const { Errors = [] } = await connection.use('remove parts that are no longer named', (client) =>
      client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } })),
    );
    for (const { Key: key = '', Code: code = '', Message: message = '' } of Errors)
      kept.push({ key, code, message });
  }
  return kept;
}
