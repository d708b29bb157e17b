import { type CsvCell, isPlain, NULL_MARKER, quoted, type SeedValue, wordCell } from './csv-cell.ts';
import { CLOCK, FOUR_DIGITS, hexDigits, SECONDS } from './csv-words.ts';

/** A chunk is full at this size; a row may run over it. It fits into a core's cache until it is hashed. */
const CHUNK_BYTES = 1024 * 1024;
const SLACK_BYTES = 16 * 1024;
/** Words are written whole: up to seven bytes behind a cell are overwritten by the next. */
const OVERHANG = 7;
const COMMA = 44;
const LINE_FEED = 10;
const MINUS = 45;
const POINT = 46;
/** Texts longer than this are encoded at once, not letter by letter. */
const SHORT_TEXT = 64;

const encoder = new TextEncoder();
const NULL_CELL = wordCell(`${NULL_MARKER},`);
const POWERS = Float64Array.from({ length: 17 }, (_, n) => 10 ** n);
const MIDNIGHTS = new Map<number, CsvCell>();

/**
 * Writes CSV cells into chunks of a megabyte: UTF-8, LF, RFC 4180 quotes, NULL as `@NULL@`.
 * Call one cell method for each column of a row, then `endRow`.
 */
export class CsvWriter {
  #chunk = new Uint8Array(CHUNK_BYTES + SLACK_BYTES);
  #view = new DataView(this.#chunk.buffer);
  #at = 0;
  #rows = 0;
  #day = 0;
  #midnight = midnightOf(0);

  /** Rows ended so far. */
  get rows(): number {
    return this.#rows;
  }

  /** There is a chunk's worth of bytes to take: time to yield. */
  get full(): boolean {
    return this.#at >= CHUNK_BYTES;
  }

  /** The bytes written since the last take; the next cell overwrites them. */
  take(): Uint8Array {
    const taken = this.#chunk.subarray(0, this.#at);
    this.#at = 0;
    return taken;
  }

  /** Forgets a row that was begun and bytes that were not taken, after a failure. */
  reset(): void {
    this.#at = 0;
  }

  /** A line of ready bytes, which is no row: the header. */
  line(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#chunk.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** The comma behind the last cell becomes the line's end. */
  endRow(): void {
    this.#chunk[this.#at - 1] = LINE_FEED;
    this.#rows++;
  }

  null(): void {
    this.bytes(NULL_CELL);
  }

  /** Ready cells (see `csvCell`), for values out of a dictionary. */
  bytes(cells: CsvCell): void {
    this.#reserve(cells.length);
    this.#copy(cells);
  }

  text(value: string): void {
    this.#reserve(value.length * 3 + 3);
    const isUnusual = value.length > SHORT_TEXT || value === NULL_MARKER;
    if (isUnusual || !this.#plainText(value)) this.#anyText(value);
    this.#chunk[this.#at++] = COMMA;
  }

  /** A whole number of at most 53 bits. */
  integer(value: number): void {
    this.#reserve(18);
    if (value < 0) this.#chunk[this.#at++] = MINUS;
    this.#digits(Math.abs(value), 1);
    this.#chunk[this.#at++] = COMMA;
  }

  /** An amount of `10^-scale` units: `decimal(1990, 2)` is 19.90. */
  decimal(units: number, scale: number): void {
    const one = 10 ** scale;
    const positive = Math.abs(units);
    this.#reserve(20 + scale);
    if (units < 0) this.#chunk[this.#at++] = MINUS;
    this.#digits(Math.trunc(positive / one), 1);
    this.#chunk[this.#at++] = POINT;
    this.#digits(positive % one, scale);
    this.#chunk[this.#at++] = COMMA;
  }

  /** A name such as `u0000042`: the prefix, then the number with zeros in front. */
  numbered(prefix: CsvCell, value: number, digits: number): void {
    this.#reserve(prefix.length + digits + 18);
    this.#copy(prefix);
    this.#at--;
    this.#digits(value, digits);
    this.#chunk[this.#at++] = COMMA;
  }

  /** 64 bits as 16 hexadecimal digits. */
  hex(high: number, low: number): void {
    this.#reserve(17);
    const view = this.#view;
    const at = this.#at;
    view.setInt32(at, hexDigits(high >>> 16), true);
    view.setInt32(at + 4, hexDigits(high), true);
    view.setInt32(at + 8, hexDigits(low >>> 16), true);
    view.setInt32(at + 12, hexDigits(low), true);
    view.setInt8(at + 16, COMMA);
    this.#at = at + 17;
  }

  /** A date, by days since 1970-01-01. */
  date(day: number): void {
    const midnight = midnightOf(day);
    this.#reserve(midnight.length);
    this.#copy(midnight);
    this.#chunk[this.#at - 1] = COMMA;
  }

  /** A timestamp in UTC, by whole seconds since 1970-01-01. */
  timestamp(seconds: number): void {
    let second = (seconds - this.#day * 86_400) | 0;
    if (second < 0 || second >= 86_400) {
      this.#day = Math.floor(seconds / 86_400);
      this.#midnight = midnightOf(this.#day);
      second = (seconds - this.#day * 86_400) | 0;
    }
    this.#reserve(20);
    this.#copy(this.#midnight);
    const view = this.#view;
    const at = this.#at;
    const minute = (second / 60) | 0;
    view.setInt32(at, CLOCK[minute * 2] ?? 0, true);
    view.setInt32(at + 4, CLOCK[minute * 2 + 1] ?? 0, true);
    view.setInt32(at + 6, SECONDS[second - minute * 60] ?? 0, true);
    this.#at = at + 9;
  }

  value(value: SeedValue): void {
    if (value === null) this.null();
    else if (typeof value === 'string') this.text(value);
    else if (value instanceof Date) this.text(value.toISOString().replace('T', ' ').replace('Z', ''));
    else this.text(String(value));
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes + OVERHANG <= this.#chunk.length) return;
    const larger = new Uint8Array(Math.max(this.#chunk.length * 2, this.#at + bytes + OVERHANG));
    larger.set(this.#chunk.subarray(0, this.#at));
    this.#chunk = larger;
    this.#view = new DataView(larger.buffer);
  }

  #copy({ words, length }: CsvCell): void {
    const view = this.#view;
    const at = this.#at;
    for (let i = 0; i < words.length; i++) view.setFloat64(at + i * 8, words[i] ?? 0, true);
    this.#at = at + length;
  }

  /** Writes a text of plain ASCII; false, and nothing is written, where it needs quotes or more bytes a letter. */
  #plainText(value: string): boolean {
    const chunk = this.#chunk;
    const at = this.#at;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (!isPlain(code)) return false;
      chunk[at + i] = code;
    }
    this.#at = at + value.length;
    return true;
  }

  #anyText(value: string): void {
    const text = quoted(value);
    this.#reserve(text.length * 3 + 1);
    this.#at += encoder.encodeInto(text, this.#chunk.subarray(this.#at)).written;
  }

  /** Eight digits at most are two words; longer numbers are cut in two. */
  #digits(value: number, atLeast: number): void {
    let width = atLeast;
    while (value >= (POWERS[width] ?? Number.POSITIVE_INFINITY)) width++;
    if (width > 8) {
      const upper = Math.floor(value / 1e8);
      this.#digits(upper, width - 8);
      this.#digits(value - upper * 1e8, 8);
      return;
    }
    const high = (value / 10_000) | 0;
    const low = FOUR_DIGITS[value - high * 10_000] ?? 0;
    const at = this.#at;
    if (width <= 4) {
      this.#view.setInt32(at, low >>> (8 * (4 - width)), true);
    } else {
      this.#view.setInt32(at, (FOUR_DIGITS[high] ?? 0) >>> (8 * (8 - width)), true);
      this.#view.setInt32(at + width - 4, low, true);
    }
    this.#at = at + width;
  }
}

/** `2025-12-31 `, a cell with a blank in place of the comma. */
function midnightOf(day: number): CsvCell {
  let midnight = MIDNIGHTS.get(day);
  if (midnight === undefined) {
    midnight = wordCell(`${new Date(day * 86_400_000).toISOString().slice(0, 10)} `);
    MIDNIGHTS.set(day, midnight);
  }
  return midnight;
}
