import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK_LENGTH = 256 * 1024;

/** Writes an artifact into `target/` of a project, given piece by piece; a reader finds the former one or the whole new one. */
export function writeArtifact(
  projectRoot: string,
  name: 'manifest.json' | 'run_results.json',
  pieces: Iterable<string>,
): void {
  const folder = join(projectRoot, 'target');
  const scratch = join(folder, `.${name}.${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writePieces(scratch, pieces);
  renameSync(scratch, join(folder, name));
}

function writePieces(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  try {
    let chunk = '';
    for (const piece of pieces) {
      chunk += piece;
      if (chunk.length < CHUNK_LENGTH) continue;
      writeWhole(descriptor, chunk);
      chunk = '';
    }
    writeWhole(descriptor, chunk);
  } finally {
    closeSync(descriptor);
  }
}

/** One call may write less than it was given. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
