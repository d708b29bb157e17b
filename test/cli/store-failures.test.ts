import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { type Files, shownRows, useBuiltShop, writeFiles } from './shop.ts';

const copyOfShop = useBuiltShop();

/** The table `sales` with a test of its column `amount` that row 1 fails, or with `max` 20 none. */
const capped = (config: string, max = 5, column = ''): Files => ({
  'models/shop.yml': `models:
  - name: sales
    columns:
      - name: amount
        ${column}
        tests:
          - accepted_range: { name: capped, max_value: ${max}, config: { ${config} } }
      - name: day
        tests: [not_null]
`,
});

const failuresIn = (cwd: string) => shownRows(cwd, 'analytics__failures');

test('A test with store_failures keeps its failing rows as a table of its name, until it passes', async () => {
  const cwd = copyOfShop(capped('store_failures: true'));
  const failed = await model('test', { cwd });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('stored    select * from analytics__failures.capped');
  expect(await failuresIn(cwd)).toEqual({ capped: [[1n, '10.5', '2025-01-01']] });
  const passed = copyOfShop(capped('store_failures: true', 20));
  expect(await model('test', { cwd: passed })).toMatchObject({ code: 0 });
  expect(await failuresIn(passed)).toEqual({});
});

test('The table is named as SQL has it, and rows are kept whatever number they come to', async () => {
  const cwd = copyOfShop({
    'models/shop.yml': `models:
  - name: sales
    columns:
      - name: amount
        tests:
          - accepted_range: { name: Capped now, max_value: 5, fail_calc: "0 - count(*) -- below zero" }
`,
  });
  const failed = await model('test --store-failures', { cwd });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('stored    select * from analytics__failures."Capped now"\n');
  expect(failed.stderr).toContain('10.5');
  expect(await failuresIn(cwd)).toEqual({ 'Capped now': [[1n, '10.5', '2025-01-01']] });
});

test('--store-failures keeps those of all tests that do not say otherwise, warnings too, in build as in test', async () => {
  for (const command of ['test', 'build']) {
    const cwd = copyOfShop(capped('severity: warn'));
    expect(await model(`${command} --store-failures`, { cwd })).toMatchObject({ code: 0 });
    expect(await failuresIn(cwd), command).toEqual({ capped: [[1n, '10.5', '2025-01-01']] });
  }
  const off = copyOfShop(capped('severity: warn, store_failures: false'));
  await model('test --store-failures', { cwd: off });
  expect(await failuresIn(off)).toEqual({});
});

test('A remembered warning is run again for its rows', async () => {
  const cwd = copyOfShop(capped('severity: warn'));
  await model('test', { cwd });
  await model('test --store-failures', { cwd });
  expect(await failuresIn(cwd)).toEqual({ capped: [[1n, '10.5', '2025-01-01']] });
});

test('A remembered pass takes away the rows that an earlier failure left, and one with failures is run for its rows', async () => {
  const cwd = copyOfShop(capped('store_failures: true', 20));
  await model('test', { cwd });
  writeFiles(cwd, capped('store_failures: true'));
  await model('test', { cwd });
  expect(Object.keys(await failuresIn(cwd))).toEqual(['capped']);
  writeFiles(cwd, capped('store_failures: true', 20));
  const passed = await model('test --log-format json', { cwd });
  expect(passed.stdout).toMatch(/"name":"capped".*"cached":true/);
  expect(await failuresIn(cwd)).toEqual({});
  const tolerant = copyOfShop(capped('error_if: "> 9", warn_if: "> 9"'));
  await model('test', { cwd: tolerant });
  await model('test --store-failures', { cwd: tolerant });
  expect(await failuresIn(tolerant)).toEqual({ capped: [[1n, '10.5', '2025-01-01']] });
});

test('Personal data are masked, and a limit holds', async () => {
  const masked = copyOfShop(capped('store_failures: true', 5, 'tags: [pii]'));
  await model('test', { cwd: masked });
  expect(await failuresIn(masked)).toEqual({ capped: [[1n, '***', '2025-01-01']] });
  const limited = copyOfShop(capped('store_failures: true, limit: 1', 1));
  await model('test', { cwd: limited });
  expect((await failuresIn(limited))['capped']).toHaveLength(1);
});

test('Pruning keeps the rows that the last run stored, and leaves the rest of the store alone', async () => {
  const cwd = copyOfShop({
    'models/shop.yml': `models:
  - name: sales
    columns:
      - { name: amount, tests: [accepted_range: { name: capped, max_value: 5 }] }
      - { name: day, tests: [accepted_values: { name: first_day, values: ["2025-01-01"] }] }
`,
  });
  await model('test --select capped --store-failures', { cwd });
  await model('test --select first_day --store-failures', { cwd });
  expect(Object.keys(await failuresIn(cwd))).toEqual(['capped', 'first_day']);
  expect(await model('prune', { cwd })).toMatchObject({ code: 0, stdout: '0 dropped, 3 kept.\n' });
  expect(Object.keys(await failuresIn(cwd))).toEqual(['first_day']);
  expect(await model('store repair', { cwd })).toMatchObject({ code: 0 });
  expect(Object.keys(await failuresIn(cwd))).toEqual(['first_day']);
  expect(await model('build', { cwd })).toMatchObject({ code: 1 });
});

test('An environment is dropped with the failing rows of its tests', async () => {
  const cwd = copyOfShop(capped('severity: warn'));
  expect(await model('build --env pr_1 --store-failures', { cwd })).toMatchObject({ code: 0 });
  expect(Object.keys(await shownRows(cwd, 'analytics__pr_1__failures'))).toEqual(['capped']);
  const listed = JSON.parse((await model('env list --output json', { cwd })).stdout);
  expect(listed.map((row: { environment: string }) => row.environment)).toEqual(['default', 'pr_1']);
  expect(await model('env drop pr_1', { cwd })).toMatchObject({ code: 0 });
  expect(await shownRows(cwd, 'analytics__pr_1__failures')).toEqual({});
});

test('--no-cache runs tests whose verdict is remembered', async () => {
  const cwd = copyOfShop();
  const first = await model('test --log-format json', { cwd });
  const again = await model('test --no-cache --log-format json', { cwd });
  const cached = (text: string) => text.split('\n').filter((line) => line.includes('"cached":true')).length;
  expect([cached(first.stdout), cached(again.stdout)]).toEqual([1, 0]);
  expect(again.code).toBe(0);
  const built = await model('build --no-cache --log-format json', { cwd });
  expect(cached(built.stdout)).toBe(0);
});
