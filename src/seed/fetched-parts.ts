import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { changedPart, damagedPart } from '../diagnostic/catalogue/landing.ts';
import { unreadablePart } from '../diagnostic/catalogue/seed.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { atOnce } from '../landing/at-once.ts';
import { type GroupLoad, type LandedPart, type LocalParts, partName, partsOf } from './group-load.ts';
import type { BatchLoad } from './load-plan.ts';

const FETCHES_AT_ONCE = 4;

/**
 * Does work with local files of all parts of batches, where the engine reads files. What the landing zone does not have as
 * files is fetched into a scratch folder, checked against its manifest, and removed afterwards.
 */
export async function withLocalParts<Result>(
  work: GroupLoad,
  loads: readonly BatchLoad[],
  use: (local: LocalParts) => Promise<Result>,
): Promise<Result> {
  const parts = work.dialect.supports.csv === 'files' ? loads.flatMap((load) => partsOf(work, load)) : [];
  const present = new Map(
    parts.flatMap(({ path }) => {
      const file = work.landing.localPath(path);
      return file === undefined ? [] : [[path, file]];
    }),
  );
  if (present.size === parts.length) return use(present);
  const scratch = await mkdtemp(join(tmpdir(), `modelwright-parts-${process.pid}-`));
  try {
    const files = await atOnce(FETCHES_AT_ONCE, [...parts.entries()], async ([index, part]) => {
      const file = join(scratch, `${index}.csv.gz`);
      await fetchPart(work, part, file);
      return [part.path, file] as const;
    });
    return await use(new Map(files));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Writes a part to a file, which must be of the size and hold the CSV that its manifest says. */
async function fetchPart(
  work: GroupLoad,
  { path, entry, manifest }: LandedPart,
  file: string,
): Promise<void> {
  const { url, bytes, sha256 } = entry;
  const at = { source: { path: manifest, text: '' }, offset: 0, url };
  await pipeline(await work.landing.read(path), createWriteStream(file));
  const { size } = await stat(file);
  if (size !== bytes) throw new DiagnosticError([damagedPart({ ...at, expected: bytes, found: size })]);
  const found = await contentHash(file).catch((error: Error) => {
    throw new DiagnosticError([unreadablePart({ part: partName(work, path), reason: error.message })]);
  });
  if (found !== sha256) throw new DiagnosticError([changedPart(at)]);
}

/** The sha256 of what a gzip file holds, in hex. */
async function contentHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), createGunzip({ chunkSize: 256 * 1024 }), async (content) => {
    for await (const piece of content) hash.update(piece);
  });
  return hash.digest('hex');
}
