import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { model, startModel } from '../support/program.ts';
import { modelHere } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { PROJECT_YML, SHOWN, scratchFolder, shownRows, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

/** Another process that holds the warehouse of a project, until it is killed. */
async function holdWarehouse(root: string) {
  const script = new URL('../warehouse/duckdb/hold-file.mjs', import.meta.url).pathname;
  const holder = spawn(process.execPath, [script, join(root, 'dev.duckdb')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  return holder;
}

test('A warehouse that another process holds is refused with the process; with --wait it is waited for', async () => {
  const cwd = copyOfShop();
  const holder = await holdWarehouse(cwd);
  for (const command of ['build', 'show --select sales', 'history', 'debug']) {
    const { code, stdout, stderr } = await modelHere(command, { cwd });
    expect(code, command).toBe(2);
    expect(stdout + stderr).toContain(`held by another process: node (PID ${holder.pid})`);
    expect(stdout + stderr).toContain('wait for it with --wait');
  }
  const waiting = startModel('build --wait', { cwd });
  await waiting.says('build on target');
  holder.kill('SIGKILL');
  expect(await waiting.end).toMatchObject({ code: 0 });
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('Waiting for a warehouse ends with Ctrl-C, whatever the command', async () => {
  const lastWords = {
    'history --wait 60': 'Interrupted.',
    'env drop pr_42 --wait 60': 'Interrupted.',
    'build --wait 60 --quiet': 'Interrupted; nothing was published.',
    'test --data --wait 60 --quiet': 'Interrupted.',
  };
  const cwd = copyOfShop();
  await holdWarehouse(cwd);
  const waiting = Object.keys(lastWords).map((command) => startModel(command, { cwd }));
  await sleep(4000);
  for (const { process } of waiting) process.kill('SIGINT');
  const ends = await Promise.all(waiting.map(({ end }) => end));
  expect(ends).toEqual(
    Object.values(lastWords).map((last) => ({
      code: 130,
      stdout: '',
      stderr: `Stopping; once more to leave at once.\n${last}\n`,
    })),
  );
});

test('A file that is no warehouse is left as it is', async () => {
  const text = 'These are the notes of somebody. '.repeat(1000);
  const cwd = copyOfShop({ 'dev.duckdb': text });
  const { code, stdout, stderr } = await modelHere('build', { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(toldDiagnostics(stderr)).toMatchObject([{ code: 'WHS-004' }]);
  expect(stderr).toContain('Nothing was changed.');
  expect(readFileSync(join(cwd, 'dev.duckdb'), 'utf8')).toBe(text);
});

test('A store of a newer modelwright is refused and left as it is', async () => {
  const cwd = copyOfShop();
  await withWarehouse(cwd, 'update analytics__store._environment set schema_version = 999');
  for (const command of ['build', 'rollback', 'prune']) {
    const { code, stderr } = await modelHere(command, { cwd });
    expect([code, toldDiagnostics(stderr)[0]?.code], command).toEqual([2, 'STO-001']);
    expect(stderr).toContain('Install the newer modelwright; nothing was changed.');
  }
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('A warehouse below something that is no folder, and a target/ that cannot be made, are no bugs', async () => {
  const cwd = copyOfShop({
    'project.yml': PROJECT_YML.replace('dev.duckdb', 'seeds/orders.csv/dev.duckdb'),
  });
  const opened = await modelHere('history', { cwd });
  expect([opened.code, toldDiagnostics(opened.stderr)[0]?.code]).toEqual([2, 'WHS-006']);

  const other = scratchFolder();
  writeFileSync(join(other, 'project.yml'), PROJECT_YML);
  mkdirSync(join(other, 'models'));
  writeFileSync(join(other, 'models/a.sql'), 'select 1 as x');
  writeFileSync(join(other, 'target'), 'a file');
  const compiled = await modelHere('compile', { cwd: other });
  expect([compiled.code, toldDiagnostics(compiled.stderr)[0]?.code]).toEqual([2, 'RUN-104']);
  expect(compiled.stderr).not.toContain('bug');
});

const mayMount = process.getuid?.() === 0 && canMount();

test.skipIf(!mayMount)(
  'On a full disk a build fails with a diagnostic, and what was published stays',
  async () => {
    const cwd = copyOfShop();
    const disk = scratchFolder();
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk]);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    spawnSync('cp', ['-r', `${cwd}/.`, disk]);
    writeFileSync(
      join(disk, 'models/sales.sql'),
      '{{config materialized="table"}}\nselect a.*, hash(x) as noise, hash(x + 1) as more from {{ref "orders"}} as a, range(3000000) as r(x)\n',
    );
    const { code, stdout, stderr } = await model('build', { cwd: disk });
    expect([1, 2]).toContain(code);
    expect(stdout + stderr).toMatch(/disk is full/i);
    expect(stdout + stderr).not.toContain('bug');
    expect(await shownRows(disk)).toEqual(SHOWN);
  },
);

function canMount(): boolean {
  const probe = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { timeout: 5000 });
  return probe.status === 0;
}

async function withWarehouse(root: string, statement: string): Promise<void> {
  const warehouse = await openDuckdb(join(root, 'dev.duckdb'));
  const session = await warehouse.open();
  await session.execute(statement);
  await warehouse.close();
}
