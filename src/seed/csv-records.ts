/** A record of a CSV text: its cells, and where it stands (offset of its first character). */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly raw: string;
  readonly start: number;
}

/** The records of a CSV text, up to the place where it cannot be read on. Empty lines are none. */
export interface CsvText {
  readonly records: readonly CsvRecord[];
  readonly broken: { readonly start: number; readonly problem: string } | undefined;
}

/** Reads RFC 4180: LF or CRLF, with or without a BOM. */
export async function readRecords(text: string, delimiter: string): Promise<CsvText> {
  const { CsvError, parse } = await import('csv-parse/sync');
  const records: CsvRecord[] = [];
  let end = 0;
  const place = (raw: string) => {
    const bare = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
    const start = Math.max(end, text.indexOf(bare, end));
    end = start + bare.length;
    return { raw: bare, start };
  };
  try {
    parse(text, {
      bom: true,
      delimiter,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (parsed: unknown) => {
        const { record, raw } = parsed as ParsedRecord;
        records.push({ cells: record, ...place(raw) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { raw, start } = place(String(error['raw'] ?? ''));
    const offset = start + cellOffset(raw, Number(error['column'] ?? 0), delimiter);
    return { records, broken: { start: offset, problem: PROBLEMS[error.code] ?? error.message } };
  }
  return { records, broken: undefined };
}

/** What csv-parse hands over with `raw: true`; its types only know the record itself. */
interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

/** The offset in a record's text at which a cell begins. */
export function cellOffset(raw: string, index: number, delimiter: string): number {
  let cell = 0;
  let quoted = false;
  for (let at = 0; at < raw.length; at++) {
    if (cell === index) return at;
    if (raw[at] === '"') quoted = !quoted;
    else if (!quoted && raw.startsWith(delimiter, at)) {
      cell++;
      at += delimiter.length - 1;
    }
  }
  return raw.length;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'The quote that opens here is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'A quoted value goes on after its closing quote',
  INVALID_OPENING_QUOTE: 'A quote stands inside a value that does not begin with one',
};
