import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { type Files, PROJECT_YML, SHOP, scratchFolder, shownRows, writeFiles } from './shop.ts';

const SOURCES = `sources:
  - name: raw
    tables:
      - { name: events, columns: [{ name: id, data_type: bigint }] }
`;

const MISTAKES = `models:
  - name: sales
    columns:
      - name: ordr_id
        tests: [unique, not_null]
      - name: amount
        description: How much.
        tests:
          - relationships: { to: totals, field: amout }
    tests:
      - unique_combination_of_columns:
          combination_of_columns: [order_id, "lower(dya)", dya]
      - equal_rowcount: { compare_model: totals, group_by_columns: [AMOUNT] }
      - not_null: { column_name: prise }
      - increasing: { column_name: amount, sort_column: '"Day"' }
`;

const TOLD = [
  'TST-006 models/shop.yml:4:15 "sales" has no column "ordr_id" to test. | Did you mean "order_id"?',
  'TST-006 models/shop.yml:9:49 "totals" has no column "amout" to test. | Did you mean "amount"?',
  'TST-006 models/shop.yml:12:60 "sales" has no column "dya" to test. | Did you mean "day"?',
  'TST-006 models/shop.yml:14:34 "sales" has no column "prise" to test. | It has: order_id, amount, day.',
];

/** What was told, a line each. */
function told(text: string): readonly string[] {
  return toldDiagnostics(text).map(({ code, place, message, advice }) =>
    [`${code} ${place} ${message}`, ...advice].join(' | '),
  );
}

function shop(files: Files): string {
  const cwd = scratchFolder();
  writeFiles(cwd, { ...SHOP, ...files });
  return cwd;
}

describe('a test of a column that is not there', () => {
  it('is told where it is written, all at once, before anything is built', async () => {
    const cwd = shop({ 'models/shop.yml': MISTAKES });
    const build = await model('build', { cwd });
    expect(build.code).toBe(2);
    expect(told(build.stderr)).toEqual(TOLD);
    expect(await shownRows(cwd)).toEqual({});
  });

  it('is told where the verdicts of the others are remembered', async () => {
    const cwd = shop({});
    expect(await model('build', { cwd })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, 'models/shop.yml'), MISTAKES);
    const test = await model('test', { cwd });
    expect(test.code).toBe(2);
    expect(told(test.stderr)).toEqual(TOLD);
  });

  it('is told by the lint whatever engine the target has, with columns that are only described', async () => {
    const described = `  - name: totals\n    columns: [{ name: amuont, description: How much. }]\n`;
    const postgres =
      '  dev: { adapter: postgres, host: localhost, database: shop, user: me, schema: analytics }\n';
    const cwd = shop({
      'models/shop.yml': MISTAKES + described,
      'project.yml': PROJECT_YML.replace(/ {2}dev: .*\n/, postgres),
    });
    const lint = await model('lint', { cwd });
    expect(lint.code).toBe(2);
    expect(told(lint.stdout).filter((line) => line.startsWith('TST'))).toEqual([
      ...TOLD,
      'TST-007 models/shop.yml:17:23 "totals" has no column "amuont", which is described here. | Did you mean "amount"?',
    ]);
    writeFileSync(join(cwd, 'models/shop.yml'), `models:\n${described}`);
    const rest = await model('lint', { cwd });
    expect(rest.code).toBe(0);
    expect(rest.stdout).toContain('TST-007');
  });

  it('is not told of a test that looks for the column', async () => {
    const cwd = shop({
      'models/shop.yml': 'models: [{ name: sales, columns: [{ name: colour, tests: [column_exists] }] }]\n',
    });
    expect(await model('build', { cwd })).toMatchObject({ code: 1 });
  });

  it('is not told where a relation may have more columns than are declared', async () => {
    const cwd = shop({
      'models/sources.yml': SOURCES,
      'models/all.sql': 'select * from {{source "raw" "events"}}',
      'models/some.sql': 'select id from {{ref "all"}}',
      'models/shop.yml': `models:
  - { name: all, columns: [{ name: kind, tests: [not_null] }] }
  - { name: some, columns: [{ name: kind, tests: [not_null] }] }
`,
    });
    const lint = await model('lint', { cwd });
    expect(told(lint.stdout + lint.stderr)).toEqual([
      'TST-006 models/shop.yml:3:37 "some" has no column "kind" to test. | It has: id.',
    ]);
  });
});
