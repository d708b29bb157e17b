import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { CopyContent } from '../warehouse.ts';

/**
 * Sends the content of a `COPY … FROM STDIN` and gives the number of rows. Where the content fails or the signal comes, the
 * server is told so, and the statement has failed before the promise is rejected.
 */
export async function copyIn(
  client: Client,
  sql: string,
  content: CopyContent,
  signal: AbortSignal,
): Promise<number> {
  const { from } = await import('pg-copy-streams');
  const copy = client.query(from(sql));
  await pipeline(content instanceof Readable ? content : Readable.from(content), copy, { signal });
  return copy.rowCount;
}
