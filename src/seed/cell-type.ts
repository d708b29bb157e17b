import type { ColumnType } from '../dialect/column-type.ts';

const WHOLE_LIMITS = {
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;
const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+)(\.(\d+))?$/;
const BOOLEAN = /^(true|false|t|f|yes|no|y|n|1|0)$/i;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$/;
/** Exact numbers are inferred up to this many digits; beyond, a column is double. */
const MOST_DIGITS = 18;

/** Why a text does not fit a type, as the end of a sentence that begins with it; undefined where it fits. */
export function cellProblem(text: string, type: ColumnType): string | undefined {
  switch (type.kind) {
    case 'varchar':
      return type.length !== undefined && Buffer.byteLength(text) > type.length
        ? `is longer than ${type.length} bytes`
        : undefined;
    case 'smallint':
    case 'integer':
    case 'bigint':
      return wholeProblem(text, type.kind);
    case 'double':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? undefined : 'is not a number';
    case 'numeric':
      return decimalProblem(text, type);
    case 'boolean':
      return BOOLEAN.test(text) ? undefined : 'is not true or false';
    case 'date':
      return isDate(text) ? undefined : 'is not a date (2025-12-31)';
    case 'timestamp':
      return isTimestamp(text) ? undefined : 'is not a timestamp (2025-12-31 23:59:59)';
  }
}

/** What a type would round off a text that fits it, as the end of a sentence; undefined where it keeps all of it. */
export function roundingProblem(text: string, type: ColumnType): string | undefined {
  if (type.kind !== 'numeric') return undefined;
  const fraction = DECIMAL.exec(text)?.[3]?.replace(/0+$/, '') ?? '';
  return fraction.length > type.scale
    ? `has more digits behind the point than numeric(${type.precision},${type.scale}) holds`
    : undefined;
}

/** The narrowest of bigint, numeric, double, boolean, date, timestamp that fits all texts; else varchar. */
export function inferType(texts: readonly string[]): ColumnType {
  if (texts.length === 0) return { kind: 'varchar' };
  const all = (fits: (text: string) => boolean) => texts.every(fits);
  if (
    all((text) => WHOLE.test(text) && !hasLeadingZero(text) && wholeProblem(text, 'bigint') === undefined)
  ) {
    return { kind: 'bigint' };
  }
  if (all((text) => DECIMAL.test(text) && !hasLeadingZero(text))) return decimalType(texts);
  if (all((text) => /^(true|false)$/i.test(text))) return { kind: 'boolean' };
  if (all(isDate)) return { kind: 'date' };
  if (all(isTimestamp)) return { kind: 'timestamp' };
  return { kind: 'varchar' };
}

function wholeProblem(text: string, kind: keyof typeof WHOLE_LIMITS): string | undefined {
  if (!WHOLE.test(text)) return 'is not a whole number';
  const [least, most] = WHOLE_LIMITS[kind];
  const value = BigInt(text.replace(/^\+/, ''));
  return value < least || value > most ? `is out of the range of ${kind}` : undefined;
}

function decimalProblem(text: string, type: { readonly precision: number; readonly scale: number }) {
  const whole = DECIMAL.exec(text)?.[1];
  if (whole === undefined) return 'is not a decimal number';
  return whole.replace(/^0+/, '').length > type.precision - type.scale
    ? `has more digits than numeric(${type.precision},${type.scale}) holds`
    : undefined;
}

function decimalType(texts: readonly string[]): ColumnType {
  const parts = texts.map((text) => DECIMAL.exec(text));
  const whole = Math.max(...parts.map((part) => part?.[1]?.length ?? 0));
  const scale = Math.max(...parts.map((part) => part?.[3]?.length ?? 0));
  return whole + scale > MOST_DIGITS
    ? { kind: 'double' }
    : { kind: 'numeric', precision: MOST_DIGITS, scale };
}

/** `007` is a code, not a number. */
function hasLeadingZero(text: string): boolean {
  return /^[+-]?0\d/.test(text);
}

/** Whether a text is a day of the calendar: `2025-12-31`. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isTimestamp(text: string): boolean {
  const date = TIMESTAMP.exec(text)?.[1];
  return date !== undefined && isDate(date) && !Number.isNaN(Date.parse(text.replace(' ', 'T')));
}
