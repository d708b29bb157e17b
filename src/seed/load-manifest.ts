import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { loadFolder, writeLoadManifest } from '../landing/load-manifest.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { NULL_MARKER } from './csv-cell.ts';
import { fetchedFrom } from './fetched-from.ts';
import type { GroupCsv, GroupLoad } from './group-load.ts';

/**
 * Loads CSV on an engine that fetches it for itself: one statement over the list of all parts, which stands in the landing
 * zone for as long as that takes, with those files that take the place of parts with bad rows.
 */
export async function loadManifest(session: Session, work: GroupLoad, csv: GroupCsv): Promise<void> {
  if (csv.parts.length + csv.cleaned.length === 0) return;
  const { dialect, landing, relation, columns, loadId, access, parsing } = work;
  const written: string[] = [];
  try {
    const cleaned = await uploadCleaned(work, csv.cleaned, written);
    const parts = [...csv.parts.map(({ path }) => path), ...cleaned];
    const manifest = await writeLoadManifest(landing, loadId, relation.name, parts);
    written.push(manifest.path);
    const from = await fetchedFrom(landing, access, manifest.url);
    await session.execute(
      dialect.loadCsv({ into: relation, columns, nullMarker: NULL_MARKER, from, ...parsing }),
    );
  } finally {
    await Promise.allSettled(written.map((path) => landing.remove(path)));
  }
}

async function uploadCleaned(
  { landing, loadId, relation }: GroupLoad,
  files: readonly string[],
  written: string[],
): Promise<readonly string[]> {
  for (const [index, file] of files.entries()) {
    const path = `${loadFolder(loadId)}/${relation.name}-${index}.csv.gz`;
    written.push(path);
    await landing.write(path, compressed(file));
  }
  return [...written];
}

/** Errors of the file end the compressed text, and so the upload. */
function compressed(file: string) {
  return pipeline(createReadStream(file), createGzip(), () => undefined);
}
