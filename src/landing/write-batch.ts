import {
  type BatchColumn,
  type BatchEntry,
  type BatchManifest,
  type BatchPartition,
  batchPath,
} from './batch-manifest.ts';
import { Compressor } from './compressor.ts';
import type { BatchWriting, Landing } from './landing.ts';
import { type PartSize, partSize } from './part-size.ts';
import { type CsvChunk, PartWriter } from './part-writer.ts';

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
  size: PartSize = partSize(landing.slices),
): Promise<BatchManifest> {
  const batch = new BatchWriter(landing, new Compressor(1), head, size);
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
  readonly #size: PartSize;
  readonly #entries: Promise<BatchEntry>[] = [];
  /** Parts that are filled at the same time, one for each slice at most. */
  #open: PartWriter[] = [];

  constructor(landing: Landing, compressor: Compressor, head: BatchHead, size = partSize(landing.slices)) {
    this.#batch = handled(landing.writeBatch(batchPath(head.table, head.partition)));
    this.#compressor = compressor;
    this.#head = head;
    this.#header = headerLine(head.columns);
    this.#size = size;
  }

  /** Takes a chunk; waits until the compressor is ready for the next one, and the landing zone does not lag behind. */
  async add(chunk: CsvChunk): Promise<void> {
    if (chunk.rows === 0) return;
    this.#partToFill().add(chunk);
    const { slices, most } = this.#size;
    if (this.#open.length === slices && this.#open.every(({ csvBytes }) => csvBytes >= most)) {
      const earlier = [...this.#entries];
      this.#endParts();
      await Promise.all(earlier);
    }
    await this.#compressor.ready();
  }

  /** Waits until all parts are stored, and makes the batch visible. */
  async finish(): Promise<BatchManifest> {
    this.#endParts();
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

  /** A part is begun when those before it are worth a file; once there are all, the smallest is filled next. */
  #partToFill(): PartWriter {
    const { slices, least } = this.#size;
    const last = this.#open.at(-1);
    if (last !== undefined && last.csvBytes < least) return last;
    if (this.#open.length < slices) {
      const number = this.#entries.length + this.#open.length;
      const part = new PartWriter(this.#batch, this.#compressor, number, this.#header);
      this.#open.push(part);
      return part;
    }
    return this.#open.reduce((least, part) => (part.csvBytes < least.csvBytes ? part : least));
  }

  #endParts(): void {
    for (const part of this.#open) this.#entries.push(handled(part.finish()));
    this.#open = [];
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
