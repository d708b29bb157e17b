import {
  type BatchColumn,
  type BatchEntry,
  type BatchManifest,
  type BatchPartition,
  batchPath,
} from './batch-manifest.ts';
import type { BatchWriting, Landing } from './landing.ts';
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
 * Writes a batch: gzip CSV parts of bounded size, each with a header, then the manifest, which makes the batch visible
 * in place of a former one at its path.
 */
export async function writeBatch(
  landing: Landing,
  head: BatchHead,
  chunks: Iterable<CsvChunk>,
  partBytes: number = PART_BYTES,
): Promise<BatchManifest> {
  const batch = await landing.writeBatch(batchPath(head.table, head.partition));
  const entries = await writeParts(batch, head.columns, chunks, partBytes);
  const manifest: BatchManifest = {
    version: 1,
    table: head.table,
    columns: head.columns,
    ...(head.partition !== undefined && { partition: head.partition }),
    entries,
    ...(head.inputs !== undefined && { inputs: head.inputs }),
  };
  await batch.publish(manifest);
  return manifest;
}

async function writeParts(
  batch: BatchWriting,
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
      part ??= new PartWriter(batch, entries.length, header);
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
