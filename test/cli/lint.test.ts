import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { PROJECT_YML, SHOP, scratchFolder, writeFiles } from './shop.ts';

function shopWith(files: Readonly<Record<string, string>>): string {
  const cwd = scratchFolder();
  writeFiles(cwd, { ...SHOP, ...files });
  return cwd;
}

const BAD = {
  'models/bad.sql': `select order_id, count(*) filter (where amount > 1) as n
from {{ref "orders"}} group by 1 having concat('a', 'b') = 'ab'
`,
};

test('the reference project holds nothing that Redshift refuses or reads differently', async () => {
  const root = join(import.meta.dirname, '../..');
  const { code, stdout, stderr } = await model('lint', { cwd: root });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Linted \d\d models and \d{3} tests for redshift: 0 errors, 0 warnings\.\n$/);
});

test('lint shows each finding with its frame, what to write and the page, and exits with 2 for an error', async () => {
  const cwd = shopWith(BAD);
  expect(await model('lint', { cwd })).toEqual({
    code: 2,
    stderr: '',
    stdout: `error PRT-101  models/bad.sql:1:18  Model "bad": Redshift has no FILTER clause.
  > 1 | select order_id, count(*) filter (where amount > 1) as n
      |                  ^^^^^
    2 | from {{ref "orders"}} group by 1 having concat('a', 'b') = 'ab'
  Write the condition inside: sum(case when … then x end); or {{count_if "…"}}.
  https://docs.aws.amazon.com/redshift/latest/dg/c_Aggregate_Functions.html

warning PRT-205  models/bad.sql:2:41  Model "bad": Redshift's concat() is NULL where an argument is NULL.
    1 | select order_id, count(*) filter (where amount > 1) as n
  > 2 | from {{ref "orders"}} group by 1 having concat('a', 'b') = 'ab'
      |                                         ^^^^^^
    3 |
  Write {{concat_null_safe …}}, or a || b, which is NULL everywhere.
  https://docs.aws.amazon.com/redshift/latest/dg/r_CONCAT.html

Linted 4 models and 1 test for redshift: 1 error, 1 warning.
`,
  });
});

test('warnings alone exit with 0, and --severity error leaves them out', async () => {
  const cwd = shopWith({ 'models/bad.sql': "select concat('a', 'b') as x\n" });
  const all = await model('lint --select bad', { cwd });
  expect([all.code, all.stdout.split('\n').at(-2)]).toEqual([
    0,
    'Linted 1 model and 0 tests for redshift: 0 errors, 1 warning.',
  ]);
  expect(await model('lint --select bad --severity error', { cwd })).toEqual({
    code: 0,
    stderr: '',
    stdout: 'Linted 1 model and 0 tests for redshift: 0 errors, 0 warnings.\n',
  });
});

test('--output json is one array', async () => {
  const { code, stdout } = await model('lint --output json', { cwd: shopWith(BAD) });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject([
    {
      node: 'model.shop.bad',
      code: 'PRT-101',
      severity: 'error',
      place: { path: 'models/bad.sql', line: 1, column: 18 },
      page: 'https://docs.aws.amazon.com/redshift/latest/dg/c_Aggregate_Functions.html',
    },
    { code: 'PRT-205', severity: 'warning' },
  ]);
  const clean = await model('lint --output json', { cwd: shopWith({}) });
  expect(clean).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
});

test('a run on Redshift is refused before anything is opened, and a run elsewhere is not linted', async () => {
  const prod =
    '  prod: { adapter: redshift, host: nowhere.invalid, database: dev, user: me, schema: analytics }\n';
  const cwd = shopWith({ ...BAD, 'project.yml': `${PROJECT_YML}${prod}` });
  const { code, stderr } = await model('run --target prod', { cwd });
  expect(code).toBe(2);
  expect(toldDiagnostics(stderr).map((told) => told.code)).toEqual(['PRT-205', 'PRT-101']);
  expect((await model('run --target dev', { cwd })).code).toBe(0);
});
