import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { changedPart } from '../diagnostic/catalogue/landing.ts';
import { unreadablePart } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type GroupLoad, type LandedPart, partName } from './group-load.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * The CSV of a part of the landing zone, in chunks. Reading begins at once, and waits when nobody takes; the signal ends it.
 * Throws a `DiagnosticError` for bytes that are no gzip, and, at the end, for CSV that came from elsewhere and is not what
 * the manifest names.
 */
export function partContent(
  work: GroupLoad,
  part: LandedPart,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const opening = uncompressed(work.landing.read(part.path), signal);
  // Whoever takes the first chunk is told.
  opening.catch(() => undefined);
  const content = chunks(work, part, opening);
  return work.landing.localPath(part.path) === undefined ? checked(part, content) : content;
}

async function uncompressed(source: Promise<Readable>, signal: AbortSignal | undefined): Promise<Readable> {
  const content = createGunzip({ chunkSize: CHUNK_BYTES });
  // The content fails when its source does; so the reader is told, and by leaving ends both.
  pipeline(await source, content, signal === undefined ? {} : { signal }).catch(() => undefined);
  return content;
}

async function* chunks(
  work: GroupLoad,
  { path }: LandedPart,
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

async function* checked(
  { entry, manifest }: LandedPart,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') === entry.sha256) return;
  throw new DiagnosticError([
    changedPart({ source: { path: manifest, text: '' }, offset: 0, url: entry.url }),
  ]);
}
