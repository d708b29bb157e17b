import { isUtf8 } from 'node:buffer';
import type { CopiedColumn } from './copied-column.ts';
import type { CopyOptions } from './copy-statement.ts';
import type { CsvField } from './csv-record.ts';

/** Why COPY refuses a cell: a number of AWS's load error reference, and the reason in words. */
export class CellError extends Error {
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** A cell as PostgreSQL can read it, its characters each standing for a byte; null: NULL. Throws a CellError. */
export function readCell(field: CsvField, column: CopiedColumn, options: CopyOptions): string | null {
  const value = isNull(field, column, options) ? null : readValue(field.bytes, column, options);
  if (value === null && column.notNull) throw new CellError(1213, 'Missing data for not-null field');
  return value;
}

function isNull(
  { bytes, isQuoted }: CsvField,
  column: CopiedColumn,
  { nullText, flags }: CopyOptions,
): boolean {
  if (bytes === nullText) {
    if (isQuoted && bytes !== '')
      throw new CellError(0, 'the stand-in does not know what a NULL marker in quotes is');
    return true;
  }
  const isText = column.type === 'varchar' || column.type === 'char';
  if (bytes === '') return !isText || flags.has('emptyasnull');
  return isText && flags.has('blanksasnull') && /^ +$/.test(bytes);
}

function readValue(bytes: string, column: CopiedColumn, options: CopyOptions): string {
  switch (column.type) {
    case 'varchar':
    case 'char':
      return textValue(bytes, column, options);
    case 'int2':
      return wholeNumber(bytes, 'Short', 2n ** 15n);
    case 'int4':
      return wholeNumber(bytes, 'Integer', 2n ** 31n);
    case 'int8':
      return wholeNumber(bytes, 'Long', 2n ** 63n);
    case 'numeric':
      return decimal(bytes, column, options);
    case 'float4':
    case 'float8':
      return double(bytes);
    case 'bool':
      return boolean(bytes);
    case 'date':
      return date(bytes, options);
    case 'timestamp':
    case 'timestamptz':
      return timestamp(bytes, options);
    default:
      return bytes;
  }
}

const BEYOND_ASCII = /[\x80-\xff]/;

function textValue(given: string, { type, length }: CopiedColumn, options: CopyOptions): string {
  let bytes = options.flags.has('trimblanks') ? given.replace(/ +$/, '') : given;
  if (BEYOND_ASCII.test(bytes)) {
    if (type === 'char')
      throw new CellError(1215, 'Multibyte character not supported for CHAR (Hint: try using VARCHAR)');
    if (!isUtf8(Buffer.from(bytes, 'latin1'))) bytes = repaired(bytes, options.acceptInvalid);
  }
  if (bytes.includes('\0')) throw new CellError(1220, 'Missing newline: Unexpected character 0x0 found');
  if (bytes.length <= length) return bytes;
  const cut = bytes.slice(0, length);
  if (/^ *$/.test(bytes.slice(length)) || options.flags.has('truncatecolumns')) return wholeCharacters(cut);
  throw new CellError(1204, 'String length exceeds DDL length');
}

/** Each byte that belongs to no character gives way to the character that ACCEPTINVCHARS names. */
function repaired(bytes: string, replacement: string | undefined): string {
  let result = '';
  for (let at = 0; at < bytes.length; ) {
    const width = [1, 2, 3, 4].find((size) => isUtf8(Buffer.from(bytes.slice(at, at + size), 'latin1')));
    const isWhole = width !== undefined && at + width <= bytes.length;
    if (!isWhole && replacement === undefined) {
      const hex = bytes.charCodeAt(at).toString(16);
      throw new CellError(
        1220,
        `String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: ${hex} (error 3)`,
      );
    }
    result += isWhole ? bytes.slice(at, at + width) : replacement;
    at += isWhole ? width : 1;
  }
  return result;
}

function wholeCharacters(bytes: string): string {
  let end = bytes.length;
  while (end > 0 && !isUtf8(Buffer.from(bytes.slice(0, end), 'latin1'))) end -= 1;
  return bytes.slice(0, end);
}

function wholeNumber(bytes: string, type: string, limit: bigint): string {
  const text = bytes.trim();
  if (!/^[+-]?\d+$/.test(text)) throw invalidDigit(bytes, /^[+-]?\d*/, type);
  const number = BigInt(text.replace('+', ''));
  if (number >= limit || number < -limit)
    throw new CellError(1207, `Overflow, Value '${text}', Type: ${type}`);
  return text;
}

function invalidDigit(bytes: string, good: RegExp, type: string): CellError {
  const position = good.exec(bytes)?.[0].length ?? 0;
  return new CellError(
    1207,
    `Invalid digit, Value '${bytes[position] ?? ''}', Pos ${position}, Type: ${type}`,
  );
}

/** What is more than the scale is cut, or rounded where ROUNDEC says so. */
function decimal(bytes: string, { precision, scale }: CopiedColumn, { flags }: CopyOptions): string {
  const [, sign = '', whole = '', fraction = ''] = /^\s*([+-]?)(\d*)\.?(\d*)\s*$/.exec(bytes) ?? [];
  if (whole === '' && fraction === '') throw invalidDigit(bytes, /^[+-]?\d*\.?\d*/, 'Decimal');
  let digits = BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  if (flags.has('roundec') && (fraction[scale] ?? '0') >= '5') digits += 1n;
  if (String(digits).length > precision && digits !== 0n)
    throw new CellError(1207, `Overflow for NUMERIC(${precision},${scale})`);
  const text = String(digits).padStart(scale + 1, '0');
  return `${sign}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(text.length - scale)}` : ''}`;
}

function double(bytes: string): string {
  if (
    /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(bytes) ||
    /^\s*[+-]?(?:nan|inf|infinity)\s*$/i.test(bytes)
  )
    return bytes;
  throw new CellError(1208, `Invalid digit, Value '${bytes[0] ?? ''}', Pos 0, Type: Double`);
}

function boolean(bytes: string): string {
  if (/^(?:t|true|y|yes|1)$/i.test(bytes)) return 't';
  if (/^(?:f|false|n|no|0)$/i.test(bytes)) return 'f';
  throw new CellError(1210, 'Unknown boolean format');
}

function date(bytes: string, { dateFormat, flags }: CopyOptions): string {
  const found = datePattern(dateFormat).exec(bytes);
  const { y = '', m = '', d = '' } = found?.groups ?? {};
  if (found !== null && isDay(Number(y), Number(m), Number(d))) return `${y}-${m}-${d}`;
  if (flags.has('acceptanydate')) throw new CellError(0, 'the stand-in has no ACCEPTANYDATE');
  throw new CellError(
    1205,
    bytes.length < 10
      ? 'Invalid Date Format - length must be 10 or more'
      : `Invalid Date Format [${dateFormat}]`,
  );
}

function datePattern(format: string): RegExp {
  if (format === 'auto') return /^(?<y>\d{4})[-/.]?(?<m>\d\d)[-/.]?(?<d>\d\d)(?:[ T].*)?$/;
  const pattern = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${pattern.replace(/yyyy/i, '(?<y>\\d{4})').replace(/mm/i, '(?<m>\\d\\d)').replace(/dd/i, '(?<d>\\d\\d)')}$`,
  );
}

function isDay(year: number, month: number, day: number): boolean {
  const moment = new Date(Date.UTC(year, month - 1, day));
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && year > 0;
}

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,6})?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

function timestamp(bytes: string, { timeFormat }: CopyOptions): string {
  if (timeFormat === 'epochsecs' || timeFormat === 'epochmillisecs') {
    if (/^-?\d+(?:\.\d+)?$/.test(bytes)) {
      const seconds = Number(bytes) / (timeFormat === 'epochsecs' ? 1 : 1000);
      return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('Z', '');
    }
  } else {
    const [, y, m, d, hour, , , zone] = MOMENT.exec(bytes) ?? [];
    const isAuto = timeFormat === 'auto';
    if (
      y !== undefined &&
      isDay(Number(y), Number(m), Number(d)) &&
      (isAuto || (hour !== undefined && !zone))
    )
      return bytes;
  }
  throw new CellError(
    1206,
    `Invalid timestamp format or value [${timeFormat === 'auto' ? 'YYYY-MM-DD HH24:MI:SS' : timeFormat}]`,
  );
}
