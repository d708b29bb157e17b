import { createHash } from 'node:crypto';
import type { BatchEntry } from './batch-manifest.ts';
import type { Compressor } from './compressor.ts';
import type { BatchWriting } from './landing.ts';

/** Whole CSV rows. The bytes may be overwritten once the compressor's lead of further chunks has been asked for. */
export interface CsvChunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** The bytes begin with the header, which saves copying a batch of one chunk. */
  readonly headed?: boolean;
}

/** A part-writer turns chunks into one gzip CSV file of the landing zone, which it holds, compressed, until it is whole. */
export class PartWriter {
  readonly #batch: Promise<BatchWriting>;
  readonly #compressor: Compressor;
  readonly #number: number;
  readonly #header: Uint8Array;
  readonly #hash = createHash('sha256');
  readonly #members: Promise<Uint8Array>[] = [];
  #rows = 0;
  #csvBytes = 0;

  /** `number` counts the batch's parts from 0. */
  constructor(batch: Promise<BatchWriting>, compressor: Compressor, number: number, header: Uint8Array) {
    this.#batch = batch;
    this.#compressor = compressor;
    this.#number = number;
    this.#header = header;
  }

  /** Bytes of CSV so far, header included. */
  get csvBytes(): number {
    return this.#csvBytes;
  }

  add(chunk: CsvChunk): void {
    const lacksHeader = this.#csvBytes === 0 && chunk.headed !== true;
    const bytes = lacksHeader ? Buffer.concat([this.#header, chunk.bytes]) : chunk.bytes;
    this.#rows += chunk.rows;
    this.#csvBytes += bytes.length;
    this.#members.push(this.#compressor.compress(bytes));
    this.#hash.update(bytes);
  }

  /** Stores the part; nothing may be added any more. */
  async finish(): Promise<BatchEntry> {
    const sha256 = this.#hash.digest('hex');
    const members = await Promise.all(this.#members);
    const { url, bytes } = await (await this.#batch).writePart(this.#number, members, sha256);
    return { url, mandatory: true, rows: this.#rows, bytes, sha256 };
  }
}
