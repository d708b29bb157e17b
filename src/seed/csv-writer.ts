import type { SeedValue } from './define-seed.ts';

/** A chunk is full at this size; a row may run over it. */
const CHUNK_BYTES = 256 * 1024;
const SLACK_BYTES = 16 * 1024;
const NULL_MARKER = '@NULL@';
const COMMA = 44;
const LINE_FEED = 10;
const ZERO = 48;
const MINUS = 45;
const COLON = 58;
/** Texts whose bytes a writer remembers. */
const MOST_TEXTS = 1024;

const encoder = new TextEncoder();
const NULL_BYTES = encoder.encode(NULL_MARKER);
const TENS = Uint8Array.from({ length: 60 }, (_, n) => ZERO + Math.floor(n / 10));
const ONES = Uint8Array.from({ length: 60 }, (_, n) => ZERO + (n % 10));
const HEX = encoder.encode(Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0')).join(''));
const MIDNIGHTS = new Map<number, Uint8Array>();

/**
 * Writes CSV cells into 256 KB of bytes: UTF-8, LF, RFC 4180 quotes, NULL as `@NULL@`.
 * Call one cell method for each column of a row, then `endRow`.
 */
export class CsvWriter {
  #chunk: Uint8Array = new Uint8Array(CHUNK_BYTES + SLACK_BYTES);
  #spare: Uint8Array | undefined;
  #at = 0;
  #inRow = false;
  #rows = 0;
  #midnight = 0;
  #midnightBytes = midnightBytes(0);
  readonly #texts = new Map<string, Uint8Array>();

  /** Rows ended so far. */
  get rows(): number {
    return this.#rows;
  }

  /** There is a chunk's worth of bytes to take: time to yield. */
  get full(): boolean {
    return this.#at >= CHUNK_BYTES;
  }

  /** The bytes written since the last take; they stay until the take after the next. */
  take(): Uint8Array {
    const taken = this.#chunk.subarray(0, this.#at);
    const next = this.#spare ?? new Uint8Array(CHUNK_BYTES + SLACK_BYTES);
    this.#spare = this.#chunk;
    this.#chunk = next;
    this.#at = 0;
    return taken;
  }

  /** Forgets a row that was begun and bytes that were not taken, after a failure. */
  reset(): void {
    this.#at = 0;
    this.#inRow = false;
  }

  endRow(): void {
    this.#reserve(1);
    this.#chunk[this.#at++] = LINE_FEED;
    this.#inRow = false;
    this.#rows++;
  }

  null(): void {
    this.bytes(NULL_BYTES);
  }

  /** A cell of ready bytes (see `cell`), for values out of a dictionary. */
  bytes(cell: Uint8Array): void {
    this.#begin(cell.length);
    this.#copy(cell);
  }

  text(value: string): void {
    let cell = this.#texts.get(value);
    if (cell === undefined) {
      cell = csvCell(value);
      if (this.#texts.size < MOST_TEXTS) this.#texts.set(value, cell);
    }
    this.bytes(cell);
  }

  /** A whole number of at most 53 bits. */
  integer(value: number): void {
    this.#begin(17);
    if (value < 0) this.#chunk[this.#at++] = MINUS;
    this.#digits(Math.abs(value), 1);
  }

  /** An amount of `10^-scale` units: `decimal(1990, 2)` is 19.90. */
  decimal(units: number, scale: number): void {
    const one = 10 ** scale;
    const positive = Math.abs(units);
    this.integer(units < 0 && positive < one ? 0 : Math.trunc(units / one));
    this.#reserve(scale + 1);
    this.#chunk[this.#at++] = 46;
    this.#digits(positive % one, scale);
  }

  /** A name such as `u0000042`: the prefix, then the number with zeros in front. */
  numbered(prefix: Uint8Array, value: number, digits: number): void {
    this.#begin(prefix.length + 17);
    this.#copy(prefix);
    this.#digits(value, digits);
  }

  /** 64 bits as 16 hexadecimal digits. */
  hex(high: number, low: number): void {
    this.#begin(16);
    this.#hexWord(high);
    this.#hexWord(low);
  }

  /** A date, by days since 1970-01-01. */
  date(day: number): void {
    const midnight = midnightBytes(day);
    this.#begin(10);
    for (let i = 0; i < 10; i++) this.#chunk[this.#at++] = midnight[i] ?? 0;
  }

  /** A timestamp in UTC, by whole seconds since 1970-01-01. */
  timestamp(seconds: number): void {
    let second = seconds - this.#midnight * 86_400;
    if (second < 0 || second >= 86_400) {
      this.#midnight = Math.floor(seconds / 86_400);
      this.#midnightBytes = midnightBytes(this.#midnight);
      second = seconds - this.#midnight * 86_400;
    }
    this.#begin(19);
    this.#copy(this.#midnightBytes);
    const minute = (second / 60) | 0;
    const hour = (minute / 60) | 0;
    const chunk = this.#chunk;
    const at = this.#at;
    chunk[at] = TENS[hour] ?? 0;
    chunk[at + 1] = ONES[hour] ?? 0;
    chunk[at + 2] = COLON;
    chunk[at + 3] = TENS[minute - hour * 60] ?? 0;
    chunk[at + 4] = ONES[minute - hour * 60] ?? 0;
    chunk[at + 5] = COLON;
    chunk[at + 6] = TENS[second - minute * 60] ?? 0;
    chunk[at + 7] = ONES[second - minute * 60] ?? 0;
    this.#at = at + 8;
  }

  value(value: SeedValue): void {
    if (value === null) this.null();
    else if (typeof value === 'string') this.text(value);
    else if (value instanceof Date) this.text(value.toISOString().replace('T', ' ').replace('Z', ''));
    else this.text(String(value));
  }

  #begin(bytes: number): void {
    this.#reserve(bytes + 1);
    if (this.#inRow) this.#chunk[this.#at++] = COMMA;
    this.#inRow = true;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#chunk.length) return;
    const larger = new Uint8Array(Math.max(this.#chunk.length * 2, this.#at + bytes));
    larger.set(this.#chunk.subarray(0, this.#at));
    this.#chunk = larger;
  }

  #copy(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length > 64) {
      this.#chunk.set(bytes, this.#at);
    } else {
      const chunk = this.#chunk;
      const at = this.#at;
      for (let i = 0; i < length; i++) chunk[at + i] = bytes[i] ?? 0;
    }
    this.#at += length;
  }

  #digits(value: number, atLeast: number): void {
    let width = atLeast;
    for (let limit = 10 ** atLeast; value >= limit; limit *= 10) width++;
    let rest = value;
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      const shorter = rest < 0x7fffffff ? ((rest | 0) / 10) | 0 : Math.floor(rest / 10);
      this.#chunk[at] = ZERO + (rest - shorter * 10);
      rest = shorter;
    }
    this.#at += width;
  }

  #hexWord(word: number): void {
    for (let shift = 24; shift >= 0; shift -= 8) {
      const byte = (word >>> shift) & 255;
      this.#chunk[this.#at++] = HEX[byte * 2] ?? 0;
      this.#chunk[this.#at++] = HEX[byte * 2 + 1] ?? 0;
    }
  }
}

/** The bytes of a text as a CSV cell, quoted where it must be. */
export function csvCell(text: string): Uint8Array {
  const mustQuote = /[",\r\n]/.test(text);
  return encoder.encode(mustQuote ? `"${text.replaceAll('"', '""')}"` : text);
}

/** `2025-12-31 ` as bytes. */
function midnightBytes(day: number): Uint8Array {
  let bytes = MIDNIGHTS.get(day);
  if (bytes === undefined) {
    bytes = encoder.encode(`${new Date(day * 86_400_000).toISOString().slice(0, 10)} `);
    MIDNIGHTS.set(day, bytes);
  }
  return bytes;
}
