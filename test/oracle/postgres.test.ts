import { beforeEach, expect, test } from 'vitest';
import { describePostgres } from '../support/postgres/database.ts';
import { dayOf } from './calendar.ts';
import { differencesText } from './compare.ts';
import { Dice } from './dice.ts';
import { grantsOf } from './grants-of.ts';
import { land } from './landing-zone.ts';
import { oddRows } from './odd-rows.ts';
import { RELATION_NAMES } from './published-columns.ts';
import { type BuildOptions, onPostgres, ReferenceProject } from './reference-project.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';

describePostgres('on PostgreSQL the published relations are what the oracle computes', (database) => {
  const projects: ReferenceProject[] = [];

  beforeEach(async () => {
    await database.admin(
      `do $$ begin create role tableau; exception when duplicate_object or unique_violation then null; end $$`,
      ...['analytics', 'analytics__store', 'analytics__raw'].map(
        (name) => `drop schema if exists ${name} cascade`,
      ),
    );
    return () => {
      for (const project of projects.splice(0)) project.remove();
    };
  });

  test.each(Object.entries(SCENARIOS))('%s', { timeout: 300_000 }, async (_, options) => {
    const project = new ReferenceProject(onPostgres(database));
    projects.push(project);
    await project.build({ ...options, dataTests: true });
    expect(differencesText(project.foretold(options), await project.published())).toBe('');
    expect(await grantsOf(project)).toEqual(RELATION_NAMES.map((name) => `${name} to tableau`).toSorted());
  });

  test('are what the same build publishes on DuckDB', { timeout: 300_000 }, async () => {
    const [onServer, embedded] = [new ReferenceProject(onPostgres(database)), new ReferenceProject()];
    projects.push(onServer, embedded);
    const tiny = scenario(7, 30, 60, '2025-03-31', 'Europe/Berlin');
    await onServer.build(tiny);
    await embedded.build(tiny);
    expect(differencesText(await embedded.published(), await onServer.published())).toBe('');
  });

  test.each(ODD)('odd rows %i up to %s in %s', { timeout: 300_000 }, async (seed, asOf, timezone) => {
    const project = new ReferenceProject(onPostgres(database));
    projects.push(project);
    land(project.landing, oddRows(new Dice(seed), dayOf(asOf)));
    await project.build({ asOf, timezone });
    expect(differencesText(project.foretold({ asOf, timezone }), await project.published())).toBe('');
  });
});

const SCENARIOS: Readonly<Record<string, BuildOptions>> = {
  'days in Berlin over a leap day and into daylight saving time': scenario(
    4,
    70,
    100,
    '2024-04-02',
    'Europe/Berlin',
  ),
  ...(FULL && {
    'the end of a year': scenario(1, 90, 90, '2025-12-31', 'UTC'),
    'days in New York across the end of daylight saving time': scenario(
      3,
      80,
      100,
      '2025-12-07',
      'America/New_York',
    ),
    'two years': scenario(8, 730, 400, '2025-03-31', 'UTC'),
    'many users': scenario(9, 200, 2_000, '2025-06-30', 'Pacific/Auckland'),
  }),
};

const ODD: readonly (readonly [seed: number, asOf: string, timezone: string])[] = [
  [1, '2024-03-31', 'Europe/Berlin'],
  ...(FULL
    ? [
        [2, '2021-01-02', 'America/New_York'] as const,
        ...Array.from({ length: 5 }, (_, seed) => [seed + 3, '2020-03-01', 'UTC'] as const),
      ]
    : []),
];

function scenario(seed: number, days: number, users: number, asOf: string, timezone: string): BuildOptions {
  return { generate: { seed, days, users, asOf }, asOf, timezone };
}
