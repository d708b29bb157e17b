import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/**
 * The compressed bytes of a chunk fit into one buffer, or its thread would wait for this one to hand it another; a
 * larger one would be memory that nobody uses before the garbage is collected.
 */
const SETTINGS = { level: 1, chunkSize: 288 * 1024 };

const compressWhole = promisify<Uint8Array, typeof SETTINGS, Uint8Array>(gzip);

/**
 * Compresses chunks on Node's thread pool, several at once, while the next one is made. Each becomes a gzip member,
 * and members one behind the other are a gzip file.
 */
export class Compressor {
  /** So many chunks are compressed at once. */
  readonly lead: number;
  readonly #begun: Promise<unknown>[] = [];

  constructor(lead: number) {
    this.lead = lead;
  }

  /** The gzip member of a chunk, whose bytes must stay until `ready` has been waited for `lead` times more. */
  compress(bytes: Uint8Array): Promise<Uint8Array> {
    const member = compressWhole(bytes, SETTINGS);
    this.#begun.push(member.catch(() => undefined));
    return member;
  }

  /** Waits until one more chunk can be compressed. */
  async ready(): Promise<void> {
    while (this.#begun.length > this.lead) await this.#begun.shift();
  }
}
