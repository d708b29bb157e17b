import { createHash } from 'node:crypto';
import { createGzip, gzipSync } from 'node:zlib';
import type { BatchEntry } from './batch-manifest.ts';
import type { BatchWriting, StoredPart } from './landing.ts';

const GZIP = { level: 1, chunkSize: 1024 * 1024 };

/** Whole CSV rows. The bytes may be overwritten when the chunk after the next is asked for. */
export interface CsvChunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** The bytes begin with the header, which saves copying a batch of one chunk. */
  readonly headed?: boolean;
}

/**
 * A part-writer turns chunks into one gzip CSV file of the landing zone.
 * A chunk is compressed while the next one is made: `add` waits for the chunk before, not for its own.
 */
export class PartWriter {
  readonly #batch: BatchWriting;
  readonly #number: number;
  readonly #hash = createHash('sha256');
  readonly #header: Uint8Array;
  /** The first chunk, until a second one shows that the part is worth a stream. */
  #held: Uint8Array | undefined;
  #stream: GzipStream | undefined;
  #digest: string | undefined;
  #rows = 0;
  #csvBytes = 0;

  /** `number` counts the batch's parts from 0. */
  constructor(batch: BatchWriting, number: number, header: Uint8Array) {
    this.#batch = batch;
    this.#number = number;
    this.#header = header;
  }

  /** Bytes of CSV so far, header included. */
  get csvBytes(): number {
    return this.#csvBytes;
  }

  async add(chunk: CsvChunk): Promise<void> {
    const isFirst = this.#csvBytes === 0;
    const bytes = isFirst && chunk.headed !== true ? Buffer.concat([this.#header, chunk.bytes]) : chunk.bytes;
    this.#rows += chunk.rows;
    this.#csvBytes += bytes.length;
    this.#hash.update(bytes);
    if (isFirst) this.#held = bytes;
    else await (await this.#openStream()).write(bytes);
  }

  async finish(): Promise<BatchEntry> {
    const { url, bytes } = this.#stream === undefined ? await this.#writeWhole() : await this.#stream.end();
    return { url, mandatory: true, rows: this.#rows, bytes, sha256: this.#sha256() };
  }

  /** Gives the part up; nothing of it becomes visible. */
  async abandon(): Promise<void> {
    await this.#stream?.destroy();
  }

  async #openStream(): Promise<GzipStream> {
    if (this.#stream === undefined) {
      this.#stream = new GzipStream((content) =>
        this.#batch.writePart(this.#number, content, () => this.#sha256()),
      );
      await this.#stream.write(this.#held ?? this.#header);
      this.#held = undefined;
    }
    return this.#stream;
  }

  async #writeWhole(): Promise<StoredPart> {
    const compressed = gzipSync(this.#held ?? this.#header, GZIP);
    this.#held = undefined;
    return this.#batch.writePart(this.#number, compressed, () => this.#sha256());
  }

  /** Of the whole part; nothing may be added after it was asked for. */
  #sha256(): string {
    this.#digest ??= this.#hash.digest('hex');
    return this.#digest;
  }
}

/** A gzip stream into an object; its failure to be stored is the failure of the next write. */
class GzipStream {
  readonly #gzip = createGzip(GZIP);
  readonly #stored: Promise<StoredPart>;
  #previous: Promise<void> = Promise.resolve();

  constructor(store: (content: AsyncIterable<Uint8Array>) => Promise<StoredPart>) {
    this.#stored = store(this.#gzip);
    this.#stored.catch(() => this.#gzip.destroy());
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#settled(this.#previous);
    this.#previous = new Promise((resolve, reject) => {
      this.#gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    this.#previous.catch(() => undefined);
  }

  async end(): Promise<StoredPart> {
    await this.#settled(this.#previous);
    this.#gzip.end();
    return this.#stored;
  }

  async destroy(): Promise<void> {
    this.#gzip.destroy();
    await this.#stored.catch(() => undefined);
  }

  async #settled(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.#stored]);
  }
}
