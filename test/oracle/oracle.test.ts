import { describe, expect, onTestFinished, test } from 'vitest';
import { dayOf } from './calendar.ts';
import { differencesText } from './compare.ts';
import { Dice } from './dice.ts';
import { type LandedRows, land } from './landing-zone.ts';
import { oddRows } from './odd-rows.ts';
import { type BuildOptions, ReferenceProject } from './reference-project.ts';
import type { TextRow } from './text-row.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';

const SCENARIOS: Readonly<Record<string, BuildOptions>> = {
  'the end of a year': scenario(1, 90, 90, '2025-12-31'),
  'an as-of date in the middle of a week and a month': scenario(2, 75, 120, '2024-03-13'),
  'days in New York across the end of daylight saving time': {
    ...scenario(3, 80, 100, '2025-12-07'),
    timezone: 'America/New_York',
  },
  'an as-of date before the end of the data': { ...scenario(5, 100, 100, '2021-01-31'), asOf: '2021-01-03' },
  'an as-of date a year after the data, for retention year on year': {
    ...scenario(6, 40, 80, '2020-12-28'),
    asOf: '2021-12-15',
  },
  ...(FULL && {
    'days in Berlin over a leap day and into daylight saving time': {
      ...scenario(4, 70, 100, '2024-04-02'),
      timezone: 'Europe/Berlin',
    },
    'a first day': scenario(7, 1, 20, '2025-06-01'),
    'two years': scenario(8, 730, 400, '2025-03-31'),
    'many users': scenario(9, 200, 2_000, '2025-06-30'),
    'far east of Greenwich': { ...scenario(10, 120, 300, '2025-06-30'), timezone: 'Pacific/Auckland' },
    'half an hour off': { ...scenario(11, 120, 300, '2023-01-01'), timezone: 'Asia/Kolkata' },
  }),
};

const ODD: readonly (readonly [seed: number, asOf: string, timezone: string])[] = [
  [1, '2024-03-31', 'Europe/Berlin'],
  [2, '2021-01-02', 'America/New_York'],
  ...(FULL ? Array.from({ length: 20 }, (_, seed) => [seed + 3, '2020-03-01', 'UTC'] as const) : []),
];

describe('the published relations are what the oracle computes from the landed files', {
  timeout: 300_000,
}, () => {
  test.each(Object.entries(SCENARIOS))('%s', async (_, options) => {
    const project = scratch();
    await project.build(options);
    expect(differencesText(project.foretold(options), await project.published())).toBe('');
  });

  test.each(ODD)('odd rows %i up to %s in %s', async (seed, asOf, timezone) => {
    const project = scratch();
    land(project.landing, oddRows(new Dice(seed), dayOf(asOf)));
    await project.build({ asOf, timezone });
    expect(differencesText(project.foretold({ asOf, timezone }), await project.published())).toBe('');
  });

  test('nothing that counts', async () => {
    const options = { asOf: '2024-02-29', timezone: 'UTC' };
    const project = scratch();
    land(project.landing, uncounted(oddRows(new Dice(1), dayOf(options.asOf))));
    await project.build(options);
    const published = await project.published();
    expect(differencesText(project.foretold(options), published)).toBe('');
    expect(Object.values(published).flat()).toEqual([]);
  });
});

/** The same rows, all of them of a user who is internal. */
function uncounted(rows: LandedRows): LandedRows {
  const ofInternal = (row: TextRow) => ({ ...row, user_id: 'internal' });
  return {
    ...rows,
    users: rows.users.slice(0, 1).map((row) => ({ ...ofInternal(row), is_internal: 'true' })),
    daily_dump: rows.daily_dump.map(ofInternal),
    subscription_data: rows.subscription_data.map(ofInternal),
  };
}

function scenario(seed: number, days: number, users: number, asOf: string): BuildOptions {
  return { generate: { seed, days, users, asOf }, asOf, timezone: 'UTC' };
}

function scratch(): ReferenceProject {
  const project = new ReferenceProject();
  onTestFinished(() => project.remove());
  return project;
}
