import type { GenericTestCall } from './generic-test.ts';

type DatePart = 'hour' | 'day' | 'week' | keyof typeof MONTHS;

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The condition that a moment is not so many parts later than another. Behind the last day of a month stands any day that one
 * from there on may be cut to: behind 28 February 28 March, of a series of month ends 31 March.
 */
export function isNotNext(
  { macro }: Pick<GenericTestCall<unknown>, 'macro'>,
  moments: { readonly next: string; readonly previous: string },
  part: DatePart,
  count: number,
): string {
  const { next, previous } = moments;
  if (!isOfMonths(part)) return `${next} <> ${macro('dateadd', part, count, previous)}`;
  const months = count * MONTHS[part];
  const earliest = macro('dateadd', 'month', months, previous);
  return `${next} not between ${earliest} and ${macro('add_months', previous, months)}`;
}

function isOfMonths(part: DatePart): part is keyof typeof MONTHS {
  return Object.hasOwn(MONTHS, part);
}
