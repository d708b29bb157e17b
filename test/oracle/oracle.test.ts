import { describe, expect, onTestFinished, test } from 'vitest';
import { differencesText } from './compare.ts';
import { type BuildOptions, ReferenceProject } from './reference-project.ts';

const SCENARIOS: Readonly<Record<string, BuildOptions>> = {
  'a year and more, for retention year on year': scenario(1, 430, 60, '2025-12-31'),
  'an as-of date in the middle of a week and a month': scenario(2, 75, 120, '2024-03-13'),
  'days in New York across the end of daylight saving time': {
    ...scenario(3, 80, 100, '2025-12-07'),
    timezone: 'America/New_York',
  },
  'days in Berlin over a leap day and into daylight saving time': {
    ...scenario(4, 70, 100, '2024-04-02'),
    timezone: 'Europe/Berlin',
  },
  'an as-of date before the end of the data': { ...scenario(5, 100, 100, '2021-01-31'), asOf: '2021-01-03' },
  'an as-of date after the end of the data': { ...scenario(6, 40, 80, '2020-12-28'), asOf: '2021-02-28' },
};

describe('the published relations are what the oracle computes from the landed files', () => {
  test.each(Object.entries(SCENARIOS))('%s', async (_, options) => {
    const project = new ReferenceProject();
    onTestFinished(() => project.remove());
    await project.build(options);
    expect(differencesText(project.foretold(options), await project.published())).toBe('');
  });
});

function scenario(seed: number, days: number, users: number, asOf: string): BuildOptions {
  return { generate: { seed, days, users, asOf }, asOf, timezone: 'UTC' };
}
