import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { type Files, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

/** Tests under the column `amount` of the table `sales`, whose key is `order_id`. */
const onAmount = (...entries: readonly string[]): Files => ({
  'models/shop.yml': `models:
  - name: sales
    columns:
      - name: order_id
        tests: [unique]
      - name: amount
        tests:
${entries.map((entry) => `          - ${entry}\n`).join('')}`,
});

/** How each test ended, by name, and its number of failures. */
async function endsOf(cwd: string): Promise<Record<string, string>> {
  await model('test', { cwd });
  const { results } = JSON.parse(readFileSync(join(cwd, 'target/run_results.json'), 'utf8'));
  return Object.fromEntries(
    results.map(({ unique_id, status, failures }: Record<string, unknown>) => [
      String(unique_id).split('.')[2],
      `${status} ${failures}`,
    ]),
  );
}

test('severity, thresholds, where, limit and fail_calc judge a test', async () => {
  const range = (name: string, config: string) =>
    `accepted_range: { name: ${name}, arguments: { min_value: 100 }, config: { ${config} } }`;
  const cwd = copyOfShop(
    onAmount(
      range('plain', ''),
      range('warned', 'severity: warn'),
      range('tolerated', 'error_if: "> 2", warn_if: "> 1"'),
      range('allowed', 'error_if: "> 2", warn_if: "> 2"'),
      range('some', 'where: order_id > 1'),
      range('limited', 'limit: 1'),
      range('summed', 'fail_calc: "sum(order_id) + 7"'),
      range('summed_in_bounds', 'fail_calc: sum(order_id), error_if: "> 3"'),
      range('of_none', 'fail_calc: sum(order_id), where: order_id > 2'),
      range('off', 'enabled: false'),
    ),
  );
  expect(await endsOf(cwd)).toEqual({
    unique_sales_order_id: 'pass 0',
    plain: 'fail 2',
    warned: 'warn 2',
    tolerated: 'warn 2',
    allowed: 'pass 2',
    some: 'fail 1',
    limited: 'fail 1',
    summed: 'fail 10',
    summed_in_bounds: 'warn 3',
    of_none: 'pass 0',
  });
});

test('A verdict is remembered for its fail_calc', async () => {
  const cwd = copyOfShop(onAmount('not_null: { name: there, fail_calc: count(*) + 0 }'));
  expect((await model('test', { cwd })).code).toBe(0);
  const changed = onAmount('not_null: { name: there, fail_calc: count(*) + 1 }');
  expect(await endsOf(copyOfShop(changed))).toMatchObject({ there: 'fail 1' });
});

test('Configs hold on models, seeds, sources and columns', async () => {
  const failing =
    'expression_is_true: { arguments: { expression: 1 = 2 }, config: { severity: warn, tags: [slow], meta: { why: x } } }';
  const cwd = copyOfShop({
    'models/shop.yml': `models:\n  - name: sales\n    tests: [{ ${failing} }]\n`,
    'seeds/orders.yml': `seeds:\n  - name: orders\n    tests: [{ ${failing} }]\n    columns: [{ name: day, tests: [{ not_null: { where: order_id < 0, description: None } }] }]\n`,
    'models/sources.yml': `sources:\n  - name: shown\n    schema: analytics\n    landed: false\n    tables: [{ name: totals, tests: [{ ${failing} }] }]\n`,
  });
  expect(await endsOf(cwd)).toEqual({
    expression_is_true_sales_1_2: 'warn 2',
    expression_is_true_orders_1_2: 'warn 2',
    not_null_orders_day: 'pass 0',
    source_expression_is_true_shown_totals_1_2: 'warn 1',
  });
  const listed = await model('ls --select tag:slow --output json', { cwd });
  expect(JSON.parse(listed.stdout)).toHaveLength(3);
});

test('Failing rows begin with the key of what is tested', async () => {
  const cwd = copyOfShop({
    ...onAmount('accepted_range: { max_value: 5 }'),
    'models/sales.sql':
      '{{config materialized="table"}}\nselect day, amount, order_id from {{ref "orders"}}\n',
  });
  const { stderr } = await model('build --select sales', { cwd });
  expect(stderr).toMatch(/failing rows\n +order_id +amount +day\n/);
});

test.each([
  ['where: "amount > 0) or (1 = 1"', 'TST-004', '"where" of test "there" holds a ")" that closes nothing.'],
  ['where: "amount > 0; drop table x"', 'TST-004', '"where" of test "there" holds a semicolon.'],
  ['where: "amount > \'0"', 'TST-004', '"where" of test "there" ends in the middle of a text or a comment.'],
  ['fail_calc: "sum(amount"', 'TST-004', '"fail_calc" of test "there" holds a "(" that nothing closes.'],
  [
    'warn_if: "a lot"',
    'YML-005',
    '"warn_if" must compare with whole numbers, such as "> 10" or "between 1 and 9".',
  ],
])('%s is refused at its line before anything is built', async (config, code, message) => {
  const cwd = copyOfShop({
    ...onAmount(`not_null:\n              name: there\n              ${config}`),
    'models/sales.sql': 'select 1 as order_id, 2 as amount',
  });
  const run = await model('build', { cwd });
  expect(run.code).toBe(2);
  expect(toldDiagnostics(run.stderr)).toMatchObject([{ code, message, place: 'models/shop.yml:10:15' }]);
});

test.each([
  ['where: nothing > 0', 'SQL-001', 'not_null'],
  ['fail_calc: sum(nothing)', 'SQL-001', 'not_null'],
  ['fail_calc: avg(amount)', 'TST-005', 'accepted_range: { min_value: 100 }'],
])('%s is shown at its line when the engine refuses it', async (config, code, what) => {
  const [name = '', args = ''] = what.split(/: (.*)/);
  const entry = `${name}:\n              name: there\n              ${config}${args === '' ? '' : `\n              arguments: ${args}`}`;
  const run = await model('test --select there', { cwd: copyOfShop(onAmount(entry)) });
  expect(run.code).toBe(1);
  expect(toldDiagnostics(run.stderr)).toMatchObject([{ code, place: 'models/shop.yml:10:15' }]);
});
