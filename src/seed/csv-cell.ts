/** A value of a generated row; a Date becomes a timestamp in UTC, `null` the NULL marker. */
export type SeedValue = string | number | bigint | boolean | Date | null;

/**
 * Ready CSV cells: their bytes, each cell with its comma, as whole little-endian words of eight bytes, which are copied
 * faster than bytes. The last word is filled up with zeros. No word is a NaN, whose bits might change: that would take a
 * byte of 0xff, or 0x7f behind one above 0xef, and UTF-8 has neither.
 */
export interface CsvCell {
  readonly length: number;
  readonly words: Float64Array;
}

/** The text that stands for NULL in landed CSV, where it is not quoted; no value may be the same. */
export const NULL_MARKER = '@NULL@';

const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;

const encoder = new TextEncoder();

/** The cells of neighbouring columns as bytes, quoted where they must be, for `CsvWriter.bytes`. */
export function csvCell(...texts: readonly [string, ...string[]]): CsvCell {
  return wordCell(`${texts.map(quoted).join(',')},`);
}

/** A text with its delimiter, ready to be copied. */
export function wordCell(text: string): CsvCell {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Float64Array.from({ length: padded.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
  return { length: bytes.length, words };
}

/**
 * A text as RFC 4180 has it, in quotes where it must be, and where it would end a COPY before PostgreSQL 18: `\.` alone.
 * Throws for the text that stands for NULL: not every engine would tell the two apart by quotes.
 */
export function quoted(text: string): string {
  if (text === NULL_MARKER) throw new Error(`the text "${NULL_MARKER}" stands for NULL in landed files`);
  return /[",\r\n]|^\\\.$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether a character is a byte that never needs quotes. */
export function isPlain(code: number): boolean {
  return code >= 32 && code < 127 && code !== QUOTE && code !== COMMA && code !== BACKSLASH;
}
