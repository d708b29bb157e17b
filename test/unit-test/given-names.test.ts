import { describe, expect, it } from 'vitest';
import { PROJECT_YML } from '../support/scratch-project.ts';
import { ranUnits, refused } from './unit-project.ts';

describe('a unit test that names what there is not, or twice', () => {
  const PROJECT = { 'project.yml': `${PROJECT_YML}vars: { as_of_date: 2025-06-30 }\n` };

  it('may set no var that project.yml does not declare', async () => {
    const test = (name: string) => `  - name: of_a_day
    model: today
    overrides:
      vars: { ${name}: 2025-01-31 }
    expect: { rows: [{ day: 2025-01-31 }] }
`;
    const files = { ...PROJECT, 'models/today.sql': 'select current_date as day' };
    expect(await refused(test('as_of_dat'), files)).toEqual([
      'PRJ-011 models/units.yml:5:15 The unit test sets "as_of_dat", which project.yml does not declare. | Did you mean "as_of_date"?',
    ]);
    expect((await ranUnits(test('as_of_date'), files)).ended).toEqual({ of_a_day: 'pass' });
  });

  it('may use no fixture whose name two files have', async () => {
    const test = `  - name: of_files
    model: stg
    given: [{ input: "source('raw', 'events')", rows: [] }]
    expect: { fixture: none }
`;
    const files = { 'tests/fixtures/none.csv': 'id\n', 'tests/fixtures/deep/other.csv': 'id\n5\n' };
    expect((await ranUnits(test, files)).ended).toEqual({ of_files: 'pass' });
    expect(await refused(test, { ...files, 'tests/deep/fixtures/none.csv': 'id\n5\n' })).toEqual([
      'TST-126 models/units.yml:5:24 There are 2 fixtures "none.csv": tests/deep/fixtures/none.csv, tests/fixtures/none.csv. | A fixture is known by its name alone, as in dbt: give each another one.',
    ]);
  });
});
