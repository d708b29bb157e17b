import { InvalidArgumentError } from 'commander';

/** Reads a non-negative whole number. */
export function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Reads a whole number from 1. */
export function positiveCount(text: string): number {
  const number = count(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

/** Reads a share in percent, 0 to 100. */
export function percentage(text: string): number {
  const number = count(text.replace(/%$/, ''));
  if (number > 100) throw new InvalidArgumentError('It must be at most 100.');
  return number;
}

/** Reads a date as `2025-12-31`; it must exist in the calendar. */
export function isoDate(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const valid =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!valid) throw new InvalidArgumentError('It must be a date like 2025-12-31.');
  return text;
}
