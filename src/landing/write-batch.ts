import {
  type BatchColumn,
  type BatchEntry,
  type BatchManifest,
  type BatchPartition,
  batchPath,
  MANIFEST_NAME,
} from './batch-manifest.ts';
import type { Landing } from './landing.ts';
import { type CsvChunk, PartWriter } from './part-writer.ts';

/** Parts are cut at this many bytes of CSV. */
const PART_BYTES = 64 * 1024 * 1024;

/** What a batch is, but for its rows. */
export interface BatchHead {
  readonly table: string;
  readonly columns: readonly BatchColumn[];
  readonly partition?: BatchPartition;
  readonly inputs?: string;
}

/**
 * Writes a batch: gzip CSV parts of bounded size, each with a header, then the manifest, which makes the batch visible.
 * A batch of the same path is taken out of sight first, with all that an interrupted write left behind.
 */
export async function writeBatch(
  landing: Landing,
  head: BatchHead,
  chunks: Iterable<CsvChunk>,
  partBytes: number = PART_BYTES,
): Promise<BatchManifest> {
  const path = batchPath(head.table, head.partition);
  await clearBatch(landing, path);
  const entries = await writeParts(landing, path, head.columns, chunks, partBytes);
  const manifest: BatchManifest = {
    version: 1,
    table: head.table,
    columns: head.columns,
    ...(head.partition !== undefined && { partition: head.partition }),
    entries,
    ...(head.inputs !== undefined && { inputs: head.inputs }),
  };
  await landing.write(`${path}/${MANIFEST_NAME}`, Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`));
  return manifest;
}

/** The manifest goes first, so that nobody sees a batch with missing parts. */
async function clearBatch(landing: Landing, path: string): Promise<void> {
  const names = await landing.list(path);
  if (names.includes(MANIFEST_NAME)) await landing.remove(`${path}/${MANIFEST_NAME}`);
  for (const name of names) {
    if (/^(part-\d+\.csv\.gz|\..*\.tmp)$/.test(name)) await landing.remove(`${path}/${name}`);
  }
}

async function writeParts(
  landing: Landing,
  path: string,
  columns: readonly BatchColumn[],
  chunks: Iterable<CsvChunk>,
  partBytes: number,
): Promise<readonly BatchEntry[]> {
  const header = headerLine(columns);
  const entries: BatchEntry[] = [];
  let part: PartWriter | undefined;
  try {
    for (const chunk of chunks) {
      if (chunk.rows === 0) continue;
      part ??= new PartWriter(
        landing,
        path,
        `part-${String(entries.length).padStart(4, '0')}.csv.gz`,
        header,
      );
      await part.add(chunk);
      if (part.csvBytes < partBytes) continue;
      entries.push(await part.finish());
      part = undefined;
    }
    if (part !== undefined) entries.push(await part.finish());
  } catch (error) {
    await part?.abandon();
    throw error;
  }
  return entries;
}

/** The first line of every part. */
export function headerLine(columns: readonly BatchColumn[]): Uint8Array {
  return Buffer.from(`${columns.map((column) => quoted(column.name)).join(',')}\n`);
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
