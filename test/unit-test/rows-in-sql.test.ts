import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, ranUnits, refused } from './unit-project.ts';

const STG_DAYS = { 'models/days.sql': 'select day from {{ref "stg"}}' };

describe('rows of a unit test that are SQL', () => {
  it('have the clock of the test, given, expected and in a fixture', async () => {
    const { ended } = await ranUnits(
      `  - name: stopped
    model: days
    overrides: { now: 2025-01-31 12:00:00 }
    given: [{ input: ref('stg'), rows: "select today() as day" }]
    expect: { rows: [{ day: 2025-01-31 }] }
  - name: as_the_model
    model: days
    given: [{ input: ref('stg'), fixture: today }]
    expect: { rows: "select date '2000-01-01' as day where now() = timestamptz '2000-01-01 00:00:00+00'" }
`,
      { ...STG_DAYS, 'tests/fixtures/today.sql': 'select current_date as day' },
    );
    expect(ended).toEqual({ stopped: 'pass', as_the_model: 'pass' });
  });

  it('are shown at their place behind a clock, too', async () => {
    const files = { ...STG_DAYS, 'tests/fixtures/wrong.sql': 'select now() as day,\n  nothing' };
    const [told] = await refused(
      `  - name: wrong
    model: days
    given: [{ input: ref('stg'), fixture: wrong }]
    expect: { rows: [] }
`,
      files,
    );
    expect(told).toMatch(/^TST-118 tests\/fixtures\/wrong\.sql:2:3 /);
  });

  it.each([
    ['a file', (root: string) => `select day from read_csv('${join(root, 'days.csv')}')`],
    ['a file by its name', (root: string) => `select day from '${join(root, 'days.csv')}'`],
  ])('are judged again by each build where they read %s', async (_, rows) => {
    const model = project('', {
      'models/stg.sql': "select date '2025-01-01' as day",
      ...STG_DAYS,
      'days.csv': 'day\n2025-01-01\n',
    });
    model.write({
      'models/daily.sql': null,
      'models/units.yml': `unit_tests:
  - name: of_a_file
    model: days
    given: [{ input: ref('stg'), rows: "${rows(model.root)}" }]
    expect: { rows: [{ day: 2025-01-01 }] }
`,
    });
    expect((await model.build()).ended).toMatchObject({ of_a_file: 'pass' });
    expect((await model.build()).ended).toMatchObject({ of_a_file: 'pass' });
    model.write({ 'days.csv': 'day\n2025-01-02\n' });
    expect((await model.build()).ended).toMatchObject({ of_a_file: 'fail' });
  });

  it('are remembered where they stand alone', async () => {
    const model = project(
      `  - name: alone
    model: days
    given: [{ input: ref('stg'), rows: "with d as (select current_date as day) select day from d" }]
    expect: { rows: "select date '2000-01-01' as day" }
`,
      { 'models/stg.sql': "select date '2025-01-01' as day", ...STG_DAYS },
    );
    model.write({ 'models/daily.sql': null });
    expect((await model.build()).ended).toMatchObject({ alone: 'pass' });
    expect((await model.build()).ended).toMatchObject({ alone: 'cached pass' });
  });
});
