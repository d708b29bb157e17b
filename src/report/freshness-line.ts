import { sourceTitle } from '../freshness/compile-freshness.ts';
import type { FreshnessPeriod } from '../manifest/freshness.ts';
import type { FreshnessResult, MeasuredFreshness } from '../run/measure-freshness.ts';
import type { Colors } from './colors.ts';
import { diagnosticText } from './diagnostic-text.ts';
import { printableLine } from './printable.ts';
import { padText } from './text-width.ts';

const STATUS_WIDTH = 'runtime error'.length;
const SOURCE_WIDTH = 28;
const AGE_WIDTH = 14;

/**
 * How fresh a source is, on one line: `pass  raw.users  4 h 02 m old  loaded 2025-12-31 19:58:00  warn after 12 hours`; what went
 * wrong stands below it.
 */
export function freshnessLine(result: FreshnessResult, colors: Colors): string {
  const status = paint(result.status, padText(result.status, STATUS_WIDTH), colors);
  const source = padText(printableLine(sourceTitle(result.node)), SOURCE_WIDTH);
  if (result.status === 'runtime error')
    return `${status}  ${source}\n${diagnosticText(result.diagnostic, colors)}`;
  const criteria = colors.dim(`${criteriaText(result)}${aheadText(result)}`);
  return `${status}  ${source}  ${padText(ageText(result.age), AGE_WIDTH)}  ${loadedText(result)}  ${criteria}`;
}

function paint(status: FreshnessResult['status'], text: string, colors: Colors): string {
  switch (status) {
    case 'pass':
      return colors.green(text);
    case 'warn':
      return colors.yellow(text);
    case 'error':
    case 'runtime error':
      return colors.red(text);
  }
}

/** An age given in seconds: `42 s old`, `5 h 12 m old`, `3 d 04 h old`; `2 h 00 m ahead` of what it is measured against. */
function ageText(age: number | undefined): string {
  if (age === undefined) return 'no rows';
  return `${spanText(Math.abs(age))} ${age < 0 ? 'ahead' : 'old'}`;
}

function spanText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${Math.floor(seconds)} s`;
  if (hours === 0) return `${minutes} m`;
  if (hours < 48) return `${hours} h ${twoDigits(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function loadedText({ maxLoadedAt }: MeasuredFreshness): string {
  return maxLoadedAt === undefined ? 'never loaded             ' : `loaded ${instantText(maxLoadedAt)}`;
}

/** Rows of a later day than the project's say nothing of its age, but they are not kept from the reader. */
function aheadText({ ahead }: MeasuredFreshness): string {
  return ahead === undefined ? '' : `, not counting newer rows, up to ${instantText(ahead)}`;
}

function instantText(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ');
}

function criteriaText({ freshness: { warnAfter, errorAfter } }: FreshnessResult): string {
  const thresholds = [
    ['warn', warnAfter],
    ['error', errorAfter],
  ] as const;
  return thresholds
    .flatMap(([word, after]) => (after === undefined ? [] : [`${word} after ${periodText(after)}`]))
    .join(', ');
}

function periodText({ count, period }: FreshnessPeriod): string {
  return `${count} ${period}${count === 1 ? '' : 's'}`;
}
