import { badSeedOption, unknownPreset } from '../diagnostic/catalogue/seed.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SeedOptions } from './seed-context.ts';

const DEFAULT_PRESET = 'demo';
const AS_OF = '2025-12-31';

/** Sizes by name: `tiny` for tests, `demo` for a laptop, `big` for more than ten million events. */
const PRESETS: Readonly<Record<string, Omit<SeedOptions, 'preset'>>> = {
  tiny: { seed: 1, days: 120, users: 90, asOf: AS_OF },
  demo: { seed: 1, days: 365, users: 20_000, asOf: AS_OF },
  big: { seed: 1, days: 365, users: 140_000, asOf: AS_OF },
};

/** A preset's options with the given ones over them; what is out of range is reported. */
export function resolveSeedOptions(given: Partial<SeedOptions>, report: Report): SeedOptions | undefined {
  const name = given.preset ?? DEFAULT_PRESET;
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (preset === undefined) {
    report(unknownPreset({ name, presets: Object.keys(PRESETS) }));
    return undefined;
  }
  const options: SeedOptions = { ...preset, ...given, preset: name };
  const problems = [
    ...outside('seed', options.seed, 0, 2 ** 32 - 1),
    ...outside('days', options.days, 1, 3660),
    ...outside('users', options.users, 1, 5_000_000),
    ...(isIsoDate(options.asOf)
      ? []
      : [{ option: 'as-of', value: options.asOf, expected: 'a date such as 2025-12-31' }]),
  ];
  for (const problem of problems) report(badSeedOption(problem));
  return problems.length === 0 ? options : undefined;
}

function outside(option: string, value: number, least: number, most: number) {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [{ option, value, expected: `a whole number from ${least} to ${most}` }];
}

/** Whether a value is the text of a day that exists: `2025-12-31`. */
export function isIsoDate(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
