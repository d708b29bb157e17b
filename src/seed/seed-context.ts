import { Random } from './random.ts';

/** The size and origin of a generation. */
export interface SeedOptions {
  readonly preset: string;
  readonly seed: number;
  /** Days of data, the last of which is `asOf`. */
  readonly days: number;
  readonly users: number;
  /** The last loaded day, `2025-12-31`. */
  readonly asOf: string;
}

/** What a generator knows: its options but for the preset's name, the first day of data, and its random streams. */
export interface SeedContext extends Omit<SeedOptions, 'preset'> {
  readonly firstDay: string;
  /** A random stream of its own for these names: same seed and names, same numbers. */
  readonly random: (...names: readonly (string | number)[]) => Random;
}

/** The context of a generation. */
export function seedContext(options: SeedOptions): SeedContext {
  const { seed, days, users, asOf } = options;
  const firstDay = isoDay(dayNumber(asOf) - days + 1);
  return { seed, days, users, asOf, firstDay, random: (...names) => new Random(seed, ...names) };
}

/** Days since 1970-01-01 of an ISO date. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The ISO date of a day number. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
