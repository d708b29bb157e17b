import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unreadablePart } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type GroupLoad, partName } from './group-load.ts';

const CHUNK_BYTES = 256 * 1024;

/** The CSV of a part of the landing zone, in chunks, read no faster than it is taken. Throws a `DiagnosticError` for what is no gzip. */
export async function* partContent(work: GroupLoad, path: string): AsyncGenerator<Uint8Array> {
  const content = createGunzip({ chunkSize: CHUNK_BYTES });
  // Whoever reads the content meets what goes wrong on either side, and ends both by leaving.
  pipeline(await work.landing.read(path), content).catch(() => undefined);
  try {
    yield* content;
  } catch (error) {
    if (!isOfZlib(error)) throw error;
    throw new DiagnosticError([unreadablePart({ part: partName(work, path), reason: error.message })]);
  }
}

/** Bytes that are no gzip, or not all of it. */
function isOfZlib(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}
