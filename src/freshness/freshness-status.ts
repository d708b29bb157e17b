import type { Freshness, FreshnessPeriod } from '../manifest/freshness.ts';

/** How a source stands: fresh, or older than it may be. */
export type FreshnessStatus = 'pass' | 'warn' | 'error';

const SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

/** Judges an age in seconds; rows that do not exist (undefined) are older than anything. */
export function freshnessStatus(
  { warnAfter, errorAfter }: Pick<Freshness, 'warnAfter' | 'errorAfter'>,
  age: number | undefined,
): FreshnessStatus {
  if (isOlder(errorAfter, age)) return 'error';
  return isOlder(warnAfter, age) ? 'warn' : 'pass';
}

function isOlder(threshold: FreshnessPeriod | undefined, age = Number.POSITIVE_INFINITY): boolean {
  return threshold !== undefined && age > threshold.count * SECONDS[threshold.period];
}
