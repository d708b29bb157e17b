import type { Redaction } from '../../diagnostic/redaction.ts';
import type { Scalar } from '../../dialect/dialect.ts';

/** Gives the text of a cell, or what stands in its place. */
export type CellText = (column: string, value: Scalar) => string | null;

/**
 * Texts of cells in which personal values are replaced: the same value by the same one everywhere, so that joins still match, and
 * of the same form, so that it fits the type. Secrets of the process are taken out of all others.
 */
export function maskedCells(personal: ReadonlySet<string>, { redact }: Pick<Redaction, 'redact'>): CellText {
  const numbers = new Map<string, number>();
  return (column, value) => {
    if (value === null) return null;
    const text = String(value);
    if (!personal.has(column.toLowerCase())) return redact(text);
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    return typeof value === 'boolean' ? 'false' : placeholder(text, number);
  };
}

const DAY_MS = 86_400_000;

/** The n-th value of the form of another: a number, a date, a timestamp, a UUID, an address, or a word. */
function placeholder(text: string, number: number): string {
  if (/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return String(number);
  if (/^\d{4}-\d{2}-\d{2}(?:$|[ T])/.test(text)) {
    const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
    return text.length > day.length ? `${day} 00:00:00` : day;
  }
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return text.includes('@') ? `masked_${number}@example.com` : `masked_${number}`;
}
