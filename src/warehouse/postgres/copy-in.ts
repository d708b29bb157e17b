import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { type CopyContent, WarehouseError } from '../warehouse.ts';

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
  try {
    await pipeline(content instanceof Readable ? content : Readable.from(content), copy, { signal });
    return copy.rowCount;
  } catch (error) {
    await serverIsDone(client);
    if (!signal.aborted) throw error;
    throw new WarehouseError('cancelled', 'The load was cancelled.', { sql, cause: error });
  }
}

/** An empty statement is answered after the failed one, also in a transaction that has failed. */
async function serverIsDone(client: Client): Promise<void> {
  await client.query('').catch(() => undefined);
}
