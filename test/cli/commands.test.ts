import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { SHOWN, scratchFolder, shownRows, useBuiltShop, writeFiles } from './shop.ts';

const copyOfShop = useBuiltShop();

/** Runs a statement on a DuckDB file, and gives the rows of its result. */
async function onDuckdb(file: string, sql: string): Promise<unknown[][]> {
  const warehouse = await openDuckdb(file);
  try {
    const session = await warehouse.open();
    return (await session.query(sql)).rows.map((row) => Object.values(row));
  } finally {
    await warehouse.close();
  }
}

test('show prints every selected relation under its name, no row with --limit 0, and one relation as JSON or CSV', async () => {
  const cwd = copyOfShop();
  const several = await model('show --select sales totals --limit 1', { cwd });
  expect(several.stdout).toBe(
    `sales
order_id  amount  day
--------  ------  ----------
       1    10.5  2025-01-01

totals
amount
------
  13.5

`,
  );
  expect((await model('show --select sales --limit 0', { cwd })).stdout).toMatch(
    /^order_id +amount +day\n-+ +-+ +-+\n$/,
  );
  expect((await model('show --select sales --limit 0 --output json', { cwd })).stdout).toBe('[]\n');
  expect((await model('show --select sales --limit 0 --output csv', { cwd })).stdout).toBe(
    'order_id,amount,day\n',
  );
  const refused = await model('show --select sales totals --output json', { cwd });
  expect([refused.code, refused.stdout, toldDiagnostics(refused.stderr)[0]?.code]).toEqual([
    2,
    '',
    'SEL-103',
  ]);
});

test('show refuses an ephemeral model, and one that was never published, and says what to do', async () => {
  const cwd = copyOfShop({ 'models/late.sql': 'select 1 as x\n' });
  const ephemeral = await model('show --select large', { cwd });
  expect([ephemeral.code, ephemeral.stdout]).toEqual([2, '']);
  expect(ephemeral.stderr).toContain('"large" is ephemeral');
  expect(await model('show --select nothing*', { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  const late = await model('show --select late', { cwd });
  expect(late.code).toBe(2);
  expect(late.stderr).toContain('Build it first: model build --select +late');
});

test('export writes Parquet, CSV and a DuckDB file, swaps them in whole, and replaces former ones', async () => {
  const cwd = copyOfShop();
  const out = join(cwd, 'target/export');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'sales.csv'), 'an older export');
  for (const words of ['--to parquet', '--to csv', '--to duckdb', '--to duckdb --select sales']) {
    const { code, stdout, stderr } = await model(`export ${words}`, { cwd });
    expect([code, stderr], words).toEqual([0, '']);
    for (const file of stdout.trim().split('\n')) {
      expect(file).toMatch(/^target\/export\/\w+\.\w+$/);
      expect(existsSync(join(cwd, file)), file).toBe(true);
    }
  }
  expect(readdirSync(out).sort()).toEqual([
    ...['export.duckdb', 'orders.csv', 'orders.parquet', 'sales.csv', 'sales.parquet'],
    ...['totals.csv', 'totals.parquet'],
  ]);
  const elsewhere = scratchFolder();
  expect((await model(`export --select sales --out ${elsewhere}`, { cwd })).stdout).toBe(
    `${join(elsewhere, 'sales.parquet')}\n`,
  );
  expect(readFileSync(join(out, 'sales.csv'), 'utf8')).toBe(
    'order_id,amount,day\n1,10.5,2025-01-01\n2,3.0,2025-01-02\n',
  );
  expect(await onDuckdb(':memory:', `select count(*) from '${out}/sales.parquet'`)).toEqual([[2n]]);
  expect(await onDuckdb(join(out, 'export.duckdb'), 'select count(*), sum(amount) from sales')).toEqual([
    [2n, '13.5'],
  ]);
  await expect(onDuckdb(join(out, 'export.duckdb'), 'select * from totals')).rejects.toThrow(/totals/);
});

test('clean removes target/ and nothing else, and of a link only the link', async () => {
  const cwd = copyOfShop();
  expect((await model('clean', { cwd })).stdout).toBe('Removed target/.\n');
  expect((await model('clean', { cwd })).stdout).toBe('There was no target/.\n');
  const elsewhere = scratchFolder();
  writeFileSync(join(elsewhere, 'precious.txt'), 'kept');
  symlinkSync(elsewhere, join(cwd, 'target'));
  expect((await model('clean', { cwd })).code).toBe(0);
  expect(existsSync(join(cwd, 'target'))).toBe(false);
  expect(readdirSync(elsewhere)).toEqual(['precious.txt']);
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('An environment is built beside the default one, listed, and dropped', async () => {
  const cwd = copyOfShop({ 'models/totals.sql': 'select count(*) as amount from {{ref "large"}}\n' });
  expect(await model('build --env pr_42', { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 built, 2 reused'),
  });
  expect((await shownRows(cwd, 'analytics__pr_42'))['totals']).toEqual([[2n]]);
  expect(await shownRows(cwd)).toEqual(SHOWN);
  const listed = JSON.parse((await model('env list --output json', { cwd })).stdout);
  expect(listed).toMatchObject([
    { environment: 'default', schema: 'analytics' },
    { environment: 'pr_42', schema: 'analytics__pr_42' },
  ]);

  const unknown = await model('env drop pr_43', { cwd });
  expect([unknown.code, toldDiagnostics(unknown.stderr)[0]?.advice]).toEqual([2, ['Did you mean "pr_42"?']]);
  expect((await model('env drop default', { cwd })).code).toBe(2);
  expect(await model('env drop pr_42', { cwd })).toMatchObject({
    code: 0,
    stdout: 'Dropped environment pr_42.\n',
  });
  expect(await shownRows(cwd, 'analytics__pr_42')).toEqual({});
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('rollback shows the former publication again, history tells of it, and without a predecessor it exits 2', async () => {
  const cwd = copyOfShop();
  const first = await model('rollback', { cwd });
  expect([first.code, toldDiagnostics(first.stderr)[0]?.code]).toEqual([2, 'STO-007']);

  writeFiles(cwd, {
    'models/totals.sql': 'select 0 as amount from {{ref "large"}}\n',
    'models/more.sql': 'select 1 as x\n',
  });
  expect((await model('build', { cwd })).code).toBe(0);
  const { code, stdout } = await model('rollback', { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('Publication 3 shows what publication 1 showed');
  expect(stdout).toContain('Changed: totals.');
  expect(stdout).toContain('No longer published: analytics.more.');
  expect(await shownRows(cwd)).toEqual(SHOWN);
  expect(JSON.parse((await model('history --output json', { cwd })).stdout)).toMatchObject([
    { sequence: 3, current: true, changes: expect.stringContaining('rollback to 1') },
    { sequence: 2, changes: expect.stringContaining('added: analytics.more') },
    { sequence: 1 },
  ]);
  expect((await model('rollback --to 99', { cwd })).code).toBe(2);
});

test('prune --dry-run only says what prune then does, and repair finds the rest in order', async () => {
  const cwd = copyOfShop({ 'models/totals.sql': 'select 0 as amount from {{ref "large"}}\n' });
  expect((await model('build', { cwd })).code).toBe(0);
  const before = Object.keys(await shownRows(cwd, 'analytics__store'));
  const dry = await model('prune --keep 1 --grace-hours 0 --dry-run', { cwd });
  expect(dry.stdout).toMatch(/^would drop totals__[0-9a-f]{12}\n1 to drop, 3 kept\.\n$/);
  expect(Object.keys(await shownRows(cwd, 'analytics__store'))).toEqual(before);
  const pruned = await model('prune --keep 1 --grace-hours 0', { cwd });
  expect(pruned.stdout).toMatch(/^dropped totals__[0-9a-f]{12}\n1 dropped, 3 kept\.\n$/);
  expect(Object.keys(await shownRows(cwd, 'analytics__store'))).toHaveLength(before.length - 1);
  const repaired = await model('store repair', { cwd });
  expect([repaired.code, repaired.stderr]).toEqual([0, '']);
  expect(repaired.stdout).toContain('0 marked as lost');
});

test('A relation of somebody else is left alone, and taken over with --adopt', async () => {
  const cwd = copyOfShop({
    'models/theirs.sql': '{{config publish="table" materialized="table"}}\nselect 2 as x\n',
  });
  await onDuckdb(join(cwd, 'dev.duckdb'), 'create table analytics.theirs as select 1 as x');
  const refused = await model('build', { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--adopt');
  expect((await shownRows(cwd))['theirs']).toEqual([[1]]);
  const adopted = await model('build --adopt theirs', { cwd });
  expect(adopted.code, adopted.stderr).toBe(0);
  expect((await shownRows(cwd))['theirs']).toEqual([[2]]);
});
