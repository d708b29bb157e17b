import { createHash } from 'node:crypto';
import { createGzip, gzipSync } from 'node:zlib';
import type { BatchEntry } from './batch-manifest.ts';
import type { Landing } from './landing.ts';
import type { CsvChunk } from './write-batch.ts';

const LEVEL = 1;
/** Compressed bytes are made in pieces of this size. */
const PIECE_BYTES = 256 * 1024;

/**
 * A part-writer turns chunks into one gzip CSV file of the landing zone.
 * A chunk is compressed while the next one is made: `add` waits for the chunk before, not for its own.
 */
export class PartWriter {
  readonly #landing: Landing;
  readonly #path: string;
  readonly #name: string;
  readonly #hash = createHash('sha256');
  /** The header and the first chunk, until a second chunk shows that the part is worth a stream. */
  #held: Uint8Array[];
  #stream: GzipStream | undefined;
  #rows = 0;
  #csvBytes = 0;

  constructor(landing: Landing, path: string, name: string, header: Uint8Array) {
    this.#landing = landing;
    this.#path = path;
    this.#name = name;
    this.#held = [header];
    this.#hash.update(header);
    this.#csvBytes = header.length;
  }

  /** Bytes of CSV so far, header included. */
  get csvBytes(): number {
    return this.#csvBytes;
  }

  async add(chunk: CsvChunk): Promise<void> {
    this.#rows += chunk.rows;
    this.#csvBytes += chunk.bytes.length;
    this.#hash.update(chunk.bytes);
    if (this.#stream === undefined && this.#held.length === 1) {
      this.#held.push(chunk.bytes);
      return;
    }
    const stream = await this.#openStream();
    await stream.write(chunk.bytes);
  }

  async finish(): Promise<BatchEntry> {
    const bytes = this.#stream === undefined ? await this.#writeWhole() : await this.#stream.end();
    return {
      url: this.#name,
      mandatory: true,
      rows: this.#rows,
      bytes,
      sha256: this.#hash.digest('hex'),
    };
  }

  /** Gives the part up; nothing of it becomes visible. */
  async abandon(): Promise<void> {
    await this.#stream?.destroy();
  }

  async #openStream(): Promise<GzipStream> {
    if (this.#stream === undefined) {
      this.#stream = new GzipStream(this.#landing, `${this.#path}/${this.#name}`);
      for (const bytes of this.#held) await this.#stream.write(bytes);
      this.#held = [];
    }
    return this.#stream;
  }

  async #writeWhole(): Promise<number> {
    const compressed = gzipSync(Buffer.concat(this.#held), { level: LEVEL, chunkSize: PIECE_BYTES });
    await this.#landing.write(`${this.#path}/${this.#name}`, compressed);
    return compressed.length;
  }
}

/** A gzip stream into an object; its failure to be stored is the failure of the next write. */
class GzipStream {
  readonly #gzip = createGzip({ level: LEVEL, chunkSize: PIECE_BYTES });
  readonly #stored: Promise<void>;
  #previous: Promise<void> = Promise.resolve();
  #bytes = 0;

  constructor(landing: Landing, path: string) {
    this.#stored = landing.write(path, this.#compressed());
    this.#stored.catch(() => this.#gzip.destroy());
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#settled(this.#previous);
    this.#previous = new Promise((resolve, reject) => {
      this.#gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    this.#previous.catch(() => undefined);
  }

  async end(): Promise<number> {
    await this.#settled(this.#previous);
    this.#gzip.end();
    await this.#stored;
    return this.#bytes;
  }

  async destroy(): Promise<void> {
    this.#gzip.destroy();
    await this.#stored.catch(() => undefined);
  }

  async #settled(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.#stored]);
  }

  async *#compressed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#gzip) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }
}
