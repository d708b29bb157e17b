import {
  type BatchColumn,
  type BatchEntry,
  type BatchManifest,
  type BatchPartition,
  batchPath,
} from './batch-manifest.ts';
import type { BatchWriting, Landing } from './landing.ts';
import { type CsvChunk, type Part, PartCutter } from './part-cutter.ts';
import { type PartSize, partSize } from './part-size.ts';

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
  const cutter = new PartCutter(headerLine(head.columns), size);
  const batch = new BatchWriter(landing, head);
  try {
    for (const chunk of chunks) await batch.store(cutter.add(chunk));
    await batch.store(cutter.end());
    return await batch.publish();
  } catch (error) {
    await batch.abandon();
    throw error;
  }
}

/** Stores the parts of a batch, then the manifest, which makes it visible in place of a former one at its path. */
export class BatchWriter {
  readonly #batch: Promise<BatchWriting>;
  readonly #head: BatchHead;
  readonly #entries: Promise<BatchEntry>[] = [];
  #published: Promise<BatchManifest> | undefined;

  constructor(landing: Landing, head: BatchHead) {
    this.#batch = landing.writeBatch(batchPath(head.table, head.partition));
    this.#batch.catch(() => undefined);
    this.#head = head;
  }

  async store(parts: readonly Part[]): Promise<void> {
    const entries = parts.map((part) => this.#store(part));
    this.#entries.push(...entries);
    await Promise.allSettled(entries);
    await Promise.all(entries);
  }

  /** Makes the batch visible when all parts are stored. */
  publish(): Promise<BatchManifest> {
    this.#published = this.#publish();
    return this.#published;
  }

  /** Gives the batch up, which is visible if it was being published; nothing of it is being written any more when this resolves. */
  async abandon(): Promise<void> {
    await Promise.allSettled([this.#batch, ...this.#entries, this.#published]);
  }

  async #publish(): Promise<BatchManifest> {
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

  async #store({ number, pieces, rows, sha256 }: Part): Promise<BatchEntry> {
    const { url, bytes } = await (await this.#batch).writePart(number, pieces, sha256);
    return { url, mandatory: true, rows, bytes, sha256 };
  }
}

/** The first line of every part. */
export function headerLine(columns: readonly BatchColumn[]): Uint8Array {
  return Buffer.from(`${columns.map((column) => quoted(column.name)).join(',')}\n`);
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
