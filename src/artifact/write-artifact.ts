import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writingTo } from './writing-to.ts';

const BUFFER_BYTES = 1024 * 1024;
/** Of a UTF-16 unit in UTF-8. */
const MOST_BYTES_A_UNIT = 3;

/** Writes an artifact into `target/` of a project, given piece by piece; a reader finds the former one or the whole new one. */
export function writeArtifact(
  projectRoot: string,
  name: 'manifest.json' | 'run_results.json' | 'sources.json',
  pieces: Iterable<string>,
): Promise<void> {
  return writeWholeFile(join(projectRoot, 'target', name), `target/${name}`, pieces);
}

/** Writes a file in the same way to where somebody wants it; `shown` names it in messages. */
export function writeWholeFile(file: string, shown: string, pieces: Iterable<string>): Promise<void> {
  const folder = dirname(file);
  const scratch = join(folder, `.${basename(file)}.${process.pid}`);
  return writingTo(shown, () => {
    try {
      mkdirSync(folder, { recursive: true });
      writePieces(scratch, pieces);
      renameSync(scratch, file);
    } catch (error) {
      rmSync(scratch, { force: true });
      throw error;
    }
  });
}

/** Pieces gather in one buffer: thousands of small writes take longer, and so does joining them as text. */
function writePieces(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let at = 0;
  try {
    for (const piece of pieces) {
      if (at + piece.length * MOST_BYTES_A_UNIT > BUFFER_BYTES) {
        writeWhole(descriptor, buffer.subarray(0, at));
        at = 0;
      }
      if (piece.length * MOST_BYTES_A_UNIT > BUFFER_BYTES) writeWhole(descriptor, Buffer.from(piece));
      else at += buffer.write(piece, at);
    }
    writeWhole(descriptor, buffer.subarray(0, at));
  } finally {
    closeSync(descriptor);
  }
}

/** One call may write less than it was given. */
function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
