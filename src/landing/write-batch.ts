import {
  type BatchColumn,
  type BatchEntry,
  type BatchManifest,
  type BatchPartition,
  batchPath,
} from './batch-manifest.ts';
import { Compressor } from './compressor.ts';
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

/** Writes a batch at once; see `BatchWriter`. */
export async function writeBatch(
  landing: Landing,
  head: BatchHead,
  chunks: Iterable<CsvChunk>,
  partBytes: number = PART_BYTES,
): Promise<BatchManifest> {
  const batch = new BatchWriter(landing, new Compressor(1), head, partBytes);
  try {
    for (const chunk of chunks) await batch.add(chunk);
    return await batch.finish();
  } catch (error) {
    await batch.abandon();
    throw error;
  }
}

/**
 * Writes a batch: gzip CSV parts of bounded size, each with a header, then the manifest, which makes the batch visible
 * in place of a former one at its path.
 */
export class BatchWriter {
  readonly #batch: Promise<BatchWriting>;
  readonly #compressor: Compressor;
  readonly #head: BatchHead;
  readonly #header: Uint8Array;
  readonly #partBytes: number;
  readonly #entries: Promise<BatchEntry>[] = [];
  #part: PartWriter | undefined;

  constructor(landing: Landing, compressor: Compressor, head: BatchHead, partBytes: number = PART_BYTES) {
    this.#batch = handled(landing.writeBatch(batchPath(head.table, head.partition)));
    this.#compressor = compressor;
    this.#head = head;
    this.#header = headerLine(head.columns);
    this.#partBytes = partBytes;
  }

  /** Takes a chunk; waits until the compressor is ready for the next one. */
  async add(chunk: CsvChunk): Promise<void> {
    if (chunk.rows === 0) return;
    this.#part ??= new PartWriter(this.#batch, this.#compressor, this.#entries.length, this.#header);
    this.#part.add(chunk);
    if (this.#part.csvBytes >= this.#partBytes) this.#endPart();
    await this.#compressor.ready();
  }

  /** Waits until all parts are stored, and makes the batch visible. */
  async finish(): Promise<BatchManifest> {
    this.#endPart();
    await Promise.allSettled(this.#entries);
    const { table, columns, partition, inputs } = this.#head;
    const manifest: BatchManifest = {
      version: 1,
      table,
      columns,
      ...(partition !== undefined && { partition }),
      entries: await Promise.all(this.#entries),
      ...(inputs !== undefined && { inputs }),
    };
    await (await this.#batch).publish(manifest);
    return manifest;
  }

  /** Gives the batch up: nothing of it becomes visible, and nothing is being written any more when this resolves. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#batch, ...this.#entries]);
  }

  #endPart(): void {
    if (this.#part !== undefined) this.#entries.push(handled(this.#part.finish()));
    this.#part = undefined;
  }
}

/** A promise whose failure may be looked at later. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** The first line of every part. */
export function headerLine(columns: readonly BatchColumn[]): Uint8Array {
  return Buffer.from(`${columns.map((column) => quoted(column.name)).join(',')}\n`);
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
