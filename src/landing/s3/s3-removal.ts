import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { UnremovedParts } from '../landing.ts';
import type { S3Zone } from './s3-zone.ts';

/** `DeleteObjects` takes so many. */
const MOST_KEYS = 1000;

/** An object that S3 did not remove, and why. */
interface KeptObject {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

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

/** Counts what was to be removed and is kept. */
export class UnremovedTally {
  #total: UnremovedParts | undefined;

  get total(): UnremovedParts | undefined {
    return this.#total;
  }

  add(kept: readonly KeptObject[]): void {
    const [first] = kept;
    if (first === undefined) return;
    const { key, code, message } = first;
    const before = this.#total ?? { count: 0, first: key, code, message };
    this.#total = { ...before, count: before.count + kept.length };
  }
}
