import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvRows, type TextRow } from './text-row.ts';

interface Manifest {
  readonly entries: readonly {
    readonly url: string;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** All rows of a landed table: the files that its manifests name, each checked against what its manifest says of it. */
export function readLanded(landing: string, table: string): readonly TextRow[] {
  return batchFolders(join(landing, table)).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    return manifest.entries.flatMap((entry) => readPart(join(folder, entry.url), entry));
  });
}

/** Folders with a manifest: the table's own, or one for each partition. */
function batchFolders(tableFolder: string): readonly string[] {
  const folders = readdirSync(tableFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(tableFolder, entry.name));
  return [tableFolder, ...folders.sort()].filter((folder) => existsSync(join(folder, 'manifest.json')));
}

function readPart(file: string, said: Manifest['entries'][number]): readonly TextRow[] {
  const stored = readFileSync(file);
  const csv = gunzipSync(stored);
  const rows = csvRows(csv.toString('utf8'), '@NULL@');
  const found = {
    bytes: stored.length,
    sha256: createHash('sha256').update(csv).digest('hex'),
    rows: rows.length,
  };
  for (const [name, value] of Object.entries(found)) {
    const expected = said[name as keyof typeof found];
    if (value !== expected) throw new Error(`${file}: ${name} is ${value}, its manifest says ${expected}`);
  }
  return rows;
}
