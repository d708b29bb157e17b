import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unreadablePart } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type GroupLoad, partName } from './group-load.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * The CSV of a part of the landing zone, in chunks. Reading begins at once, and waits when nobody takes; the signal ends it.
 * Bytes that are no gzip throw a `DiagnosticError`.
 */
export function partContent(work: GroupLoad, path: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  const opening = uncompressed(work.landing.read(path), signal);
  // Whoever takes the first chunk is told.
  opening.catch(() => undefined);
  return chunks(work, path, opening);
}

async function uncompressed(source: Promise<Readable>, signal: AbortSignal | undefined): Promise<Readable> {
  const content = createGunzip({ chunkSize: CHUNK_BYTES });
  // The content fails when its source does; so the reader is told, and by leaving ends both.
  pipeline(await source, content, signal === undefined ? {} : { signal }).catch(() => undefined);
  return content;
}

async function* chunks(
  work: GroupLoad,
  path: string,
  opening: Promise<Readable>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* await opening;
  } catch (error) {
    if (!isOfZlib(error)) throw error;
    throw new DiagnosticError([unreadablePart({ part: partName(work, path), reason: error.message })]);
  }
}

/** Bytes that are no gzip, or not all of it. */
function isOfZlib(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}
