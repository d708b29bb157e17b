/** A field of a CSV file, as the bytes that it has: each character stands for one byte. */
export interface CsvField {
  readonly bytes: string;
  readonly isQuoted: boolean;
  /** Bytes before it in its record. */
  readonly position: number;
}

export interface CsvRecord {
  readonly fields: readonly CsvField[];
  /** Of its first line, from 1. */
  readonly line: number;
  readonly raw: string;
}

/**
 * Reads the records of a CSV file whose characters each stand for a byte. Quotes inside quotes are doubled, lines may end
 * within them, and blanks before them do not count.
 */
export function* csvRecords(content: string, delimiter: string, quote: string): Generator<CsvRecord> {
  let line = 1;
  for (let start = 0; start < content.length; ) {
    const fields: CsvField[] = [];
    let at = start;
    for (;;) {
      const field = fieldAt(content, at, start, delimiter, quote);
      fields.push(field);
      at = field.end;
      if (content[at] !== delimiter) break;
      at += 1;
    }
    const raw = content.slice(start, at);
    yield { fields, line, raw };
    line += 1 + newlines(raw);
    if (content[at] === '\r') at += 1;
    start = at + 1;
  }
}

function fieldAt(
  content: string,
  from: number,
  start: number,
  delimiter: string,
  quote: string,
): CsvField & { readonly end: number } {
  const position = from - start;
  let open = from;
  while (content[open] === ' ') open += 1;
  if (content[open] !== quote) {
    let end = from;
    while (end < content.length && content[end] !== delimiter && content[end] !== '\n') end += 1;
    const last = content[end - 1] === '\r' && content[end] === '\n' ? end - 1 : end;
    return { bytes: content.slice(from, last), isQuoted: false, position, end: last };
  }
  let bytes = '';
  let at = open + 1;
  for (;;) {
    const close = content.indexOf(quote, at);
    if (close < 0) throw new UnclosedQuote();
    bytes += content.slice(at, close);
    if (content[close + 1] !== quote) {
      let end = close + 1;
      while (content[end] === ' ') end += 1;
      return { bytes, isQuoted: true, position, end };
    }
    bytes += quote;
    at = close + 2;
  }
}

/** A quote is open at the end of the file. */
export class UnclosedQuote extends Error {}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
