import { beforeEach, expect, test } from 'vitest';
import { BUCKET, describeRedshift } from '../support/redshift/database.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { dayOf } from './calendar.ts';
import { differencesText } from './compare.ts';
import { Dice } from './dice.ts';
import { grantsOf } from './grants-of.ts';
import { land } from './landing-zone.ts';
import { oddRows } from './odd-rows.ts';
import { onRedshift } from './on-redshift.ts';
import { RELATION_NAMES } from './published-columns.ts';
import { type BuildOptions, ReferenceProject } from './reference-project.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';

describeRedshift('the reference project on the stand-in for Redshift', (redshift) => {
  const projects: ReferenceProject[] = [];

  beforeEach(async () => {
    await redshift.clear();
    const client = await redshift.connect();
    await client.query(`create user tableau password 'Never1used'`);
    const restore = setEnvironment(AWS_ENVIRONMENT);
    return () => {
      restore();
      for (const project of projects.splice(0)) project.remove();
    };
  });

  function newProject(): ReferenceProject {
    const project = new ReferenceProject(onRedshift(redshift));
    projects.push(project);
    return project;
  }

  test('publishes what the oracle computes, stored and granted as it says, and builds nothing twice', {
    timeout: 300_000,
  }, async () => {
    const project = newProject();
    const options = { asOf: '2025-12-31', timezone: 'UTC', dataTests: true };
    await project.build({ ...options, generate: { seed: 1, days: 90, users: 90, asOf: '2025-12-31' } });
    expect(differencesText(project.foretold(options), await project.published())).toBe('');
    expect(redshift.s3.keys(BUCKET).filter((key) => key.includes('_loads/'))).toEqual([]);

    expect(await storedAs('analytics', /^tall_table$/)).toEqual({
      ...{ style: 'EVEN', sort: ['grain', 'metric', 'metric_date'] },
    });
    expect(await storedAs('analytics__store', /^tall_table__[0-9a-f]{12}$/)).toEqual({
      ...{ style: 'EVEN', sort: ['grain', 'metric', 'metric_date'] },
    });
    expect(await storedAs('analytics__store', /^int_user_day__[0-9a-f]{12}$/)).toEqual({
      ...{ style: 'KEY(user_id)', sort: ['activity_date'] },
    });
    expect(await storedAs('analytics__store', /^daily__[0-9a-f]{12}$/)).toEqual({
      style: 'ALL',
      sort: ['activity_date'],
    });
    expect(await grantsOf(project)).toEqual(RELATION_NAMES.map((name) => `${name} to tableau`).toSorted());

    const again = await project.build(options);
    const built = again.filter(({ resourceType }) => resourceType === 'model' || resourceType === 'seed');
    expect(built.map(({ name, status }) => `${name} ${status}`)).toEqual(
      built.map(({ name }) => `${name} reused`),
    );
    expect(built.length).toBeGreaterThan(20);
    expect(again.filter(({ resourceType, cached }) => resourceType === 'test' && cached !== true)).toEqual(
      [],
    );
  });

  test.each(ODD)(
    'publishes what the oracle computes of odd rows %i up to %s in %s',
    {
      timeout: 300_000,
    },
    async (seed, asOf, timezone) => {
      const project = newProject();
      land(project.landing, oddRows(new Dice(seed), dayOf(asOf)));
      await project.build({ asOf, timezone });
      expect(differencesText(project.foretold({ asOf, timezone }), await project.published())).toBe('');
    },
  );

  test.each(SCENARIOS)(
    'publishes what the oracle computes of data in %s',
    {
      timeout: 600_000,
    },
    async (timezone, generate) => {
      const project = newProject();
      const options = { asOf: generate.asOf, timezone };
      await project.build({ ...options, generate, dataTests: true });
      expect(differencesText(project.foretold(options), await project.published())).toBe('');
    },
  );

  /** How the catalog says that a table of a schema is distributed and sorted. */
  async function storedAs(schema: string, name: RegExp) {
    const client = await redshift.connect();
    const { rows } = await client.query(
      `select "table", diststyle from svv_table_info where "schema" = '${schema}'`,
    );
    const found = rows.filter(({ table }) => name.test(table));
    expect(found).toHaveLength(1);
    const [{ table, diststyle }] = found;
    await client.query(`set search_path to ${schema}`);
    const columns = await client.query(
      `select "column" from pg_table_def where tablename = '${table}' and sortkey <> 0 order by abs(sortkey)`,
    );
    return { style: diststyle, sort: columns.rows.map(({ column }) => column) };
  }
});

const ODD: readonly (readonly [seed: number, asOf: string, timezone: string])[] = [
  [1, '2024-03-31', 'Europe/Berlin'],
  ...(FULL
    ? Array.from({ length: 5 }, (_, seed) => [seed + 2, '2020-03-01', 'America/New_York'] as const)
    : []),
];

const SCENARIOS: readonly (readonly [timezone: string, NonNullable<BuildOptions['generate']>])[] = FULL
  ? [
      ['Europe/Berlin', { seed: 4, days: 70, users: 100, asOf: '2024-04-02' }],
      ['America/New_York', { seed: 3, days: 80, users: 100, asOf: '2025-12-07' }],
      ['UTC', { seed: 8, days: 730, users: 400, asOf: '2025-03-31' }],
    ]
  : [];
