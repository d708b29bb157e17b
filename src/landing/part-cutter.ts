import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { PartSize } from './part-size.ts';

/** Whole CSV rows. */
export interface CsvChunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** The bytes begin with the header, which saves copying a batch of one chunk. */
  readonly headed?: boolean;
}

/** One gzip CSV file of a batch, with its header, that is to be stored. */
export interface Part {
  /** Counts the batch's parts from 0. */
  readonly number: number;
  /** Gzip members: one behind the other they are the file. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly rows: number;
  /** Of the uncompressed CSV, as is `sha256`, in hex. */
  readonly csvBytes: number;
  readonly sha256: string;
}

/** A compressed chunk fits into one buffer; a larger one would be memory that nobody uses before garbage is collected. */
const GZIP = { level: 1, chunkSize: 288 * 1024 };

/** Cuts a batch's rows into parts of bounded size and compresses them. */
export class PartCutter {
  readonly #header: Uint8Array;
  readonly #size: PartSize;
  /** Parts that are filled at the same time, one for each slice at most. */
  #open: OpenPart[] = [];
  #begun = 0;

  constructor(header: Uint8Array, size: PartSize) {
    this.#header = header;
    this.#size = size;
  }

  /** Takes a chunk, whose bytes may be overwritten then; gives the parts that are full with it. */
  add(chunk: CsvChunk): readonly Part[] {
    if (chunk.rows === 0) return [];
    this.#partToFill().add(chunk);
    const { slices, most } = this.#size;
    const isFull = this.#open.length === slices && this.#open.every(({ csvBytes }) => csvBytes >= most);
    return isFull ? this.end() : [];
  }

  /** The parts that have been begun, as full as they are. */
  end(): readonly Part[] {
    const parts = this.#open.map((part) => part.end());
    this.#open = [];
    return parts;
  }

  /** A part is begun when those before it are worth a file; once there are all, the smallest is filled next. */
  #partToFill(): OpenPart {
    const { slices, least } = this.#size;
    const last = this.#open.at(-1);
    if (last !== undefined && last.csvBytes < least) return last;
    if (this.#open.length < slices) {
      const part = new OpenPart(this.#begun++, this.#header);
      this.#open.push(part);
      return part;
    }
    return this.#open.reduce((least, part) => (part.csvBytes < least.csvBytes ? part : least));
  }
}

class OpenPart {
  readonly #number: number;
  readonly #header: Uint8Array;
  readonly #hash = createHash('sha256');
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  #rows = 0;
  #csvBytes = 0;

  constructor(number: number, header: Uint8Array) {
    this.#number = number;
    this.#header = header;
  }

  get csvBytes(): number {
    return this.#csvBytes;
  }

  add(chunk: CsvChunk): void {
    const lacksHeader = this.#csvBytes === 0 && chunk.headed !== true;
    const bytes = lacksHeader ? Buffer.concat([this.#header, chunk.bytes]) : chunk.bytes;
    this.#rows += chunk.rows;
    this.#csvBytes += bytes.length;
    this.#hash.update(bytes);
    this.#pieces.push(gzipSync(bytes, GZIP));
  }

  end(): Part {
    return {
      number: this.#number,
      pieces: this.#pieces,
      rows: this.#rows,
      csvBytes: this.#csvBytes,
      sha256: this.#hash.digest('hex'),
    };
  }
}
