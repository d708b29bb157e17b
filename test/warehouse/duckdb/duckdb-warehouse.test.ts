import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DiagnosticError } from '../../../src/diagnostic/diagnostic.ts';
import type { Target } from '../../../src/project/project.ts';
import { openDuckdb } from '../../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openWarehouse } from '../../../src/warehouse/open.ts';
import { scratchFolder } from './scratch.ts';

const folder = scratchFolder();

function target(path: string, more: Partial<Target> = {}): Target {
  return {
    name: 'dev',
    adapter: 'duckdb',
    schema: 'analytics',
    threads: 2,
    landing: { address: folder.path },
    path,
    publishUntested: true,
    settings: {},
    ...more,
  };
}

async function diagnosticOf(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DiagnosticError)) throw error;
  return error.diagnostics[0];
}

/** DuckDB's checksum of the first header, which begins behind the checksum and ends at 4 KB. */
function headerChecksum(file: Buffer): bigint {
  let checksum = 5381n;
  for (let offset = 8; offset < 4096; offset += 8) {
    checksum ^= BigInt.asUintN(64, file.readBigUInt64LE(offset) * 0xbf58476d1ce4e5b9n);
  }
  return checksum;
}

async function holder(path: string): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const child = spawn(process.execPath, [new URL('./hold-file.mjs', import.meta.url).pathname, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill();
  });
  await once(child.stdout, 'data');
  return child;
}

describe('opening a DuckDB file', () => {
  test('makes the file with its folders, and the data are there when it is opened again', async () => {
    const path = folder.file('deep/er/dev.duckdb');
    const first = await openWarehouse(target(path), { waitSeconds: 0 });
    expect(first.engineVersion).toMatch(/^1\.\d+$/);
    await (await first.open()).execute('create table kept as select 42 as answer');
    await first.close();
    await access(path);
    const again = await openDuckdb(path);
    expect((await (await again.open()).query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
    await again.close();
  });

  test('twice in one process gives one database, also through a link', async () => {
    const path = folder.file('shared.duckdb');
    await symlink(folder.path, folder.file('link'));
    const [one, two] = [await openDuckdb(path), await openDuckdb(folder.file('link/shared.duckdb'))];
    await (await one.open()).execute('create table written_by_one as select 1 as a');
    expect((await (await two.open()).query('select a from written_by_one')).rows).toEqual([{ a: 1 }]);
    await one.close();
    expect((await (await two.open()).query('select a from written_by_one')).rows).toEqual([{ a: 1 }]);
    await two.close();
    await holder(path);
  });

  test('names the process that holds it and suggests to wait', async () => {
    const path = folder.file('held.duckdb');
    const child = await holder(path);
    const diagnostic = await diagnosticOf(openWarehouse(target(path), { waitSeconds: 0 }));
    expect(diagnostic?.code).toBe('WHS-003');
    expect(diagnostic?.message).toBe(
      `The warehouse ${path} is held by another process: node (PID ${child.pid}).`,
    );
    expect(diagnostic?.hint).toContain('--wait');
  });

  test('waits for the other process as long as it is told to', async () => {
    const path = folder.file('waited.duckdb');
    const child = await holder(path);
    const opening = openWarehouse(target(path), { waitSeconds: 20 });
    await sleep(500);
    child.stdin.end();
    const warehouse = await opening;
    await warehouse.close();
  });

  test('gives up waiting in time', async () => {
    const path = folder.file('never.duckdb');
    await holder(path);
    const began = Date.now();
    expect((await diagnosticOf(openWarehouse(target(path), { waitSeconds: 1 })))?.code).toBe('WHS-003');
    expect(Date.now() - began).toBeGreaterThan(700);
  });

  test('refuses a file that is none and leaves it as it was', async () => {
    const path = folder.file('notes.duckdb');
    await writeFile(path, 'Dear diary, '.repeat(1000));
    const diagnostic = await diagnosticOf(openWarehouse(target(path), { waitSeconds: 5 }));
    expect(diagnostic).toMatchObject({ code: 'WHS-004', message: `${path} is not a DuckDB file.` });
    expect(await readFile(path, 'utf8')).toBe('Dear diary, '.repeat(1000));
  });

  test('refuses a file of a newer storage version', async () => {
    const path = folder.file('newer.duckdb');
    await (await openDuckdb(path)).close();
    const file = await readFile(path);
    file.writeBigUInt64LE(999n, 12);
    file.writeBigUInt64LE(headerChecksum(file), 0);
    await writeFile(path, file);
    expect(await diagnosticOf(openDuckdb(path))).toMatchObject({
      code: 'WHS-005',
      message: `The warehouse ${path} was written by a newer DuckDB than this one can read.`,
    });
  });

  test('says why a folder cannot be opened', async () => {
    const path = folder.file('folder.duckdb');
    await mkdir(path);
    expect((await diagnosticOf(openDuckdb(path)))?.code).toBe('WHS-006');
  });

  test('needs a path and an adapter that exists', async () => {
    const { path: _, ...pathless } = target('x');
    expect((await diagnosticOf(openWarehouse(pathless, { waitSeconds: 0 })))?.code).toBe('WHS-002');
    const diagnostic = await diagnosticOf(
      openWarehouse(target('x', { adapter: 'duckbd' }), { waitSeconds: 0 }),
    );
    expect(diagnostic).toMatchObject({ code: 'WHS-001', hint: 'Did you mean "duckdb"?' });
  });

  test('takes the memory limit from the target', async () => {
    const path = folder.file('small.duckdb');
    const warehouse = await openWarehouse(target(path, { settings: { memory_limit: '256MB' } }), {
      waitSeconds: 0,
    });
    const { rows } = await (await warehouse.open()).query(
      "select current_setting('memory_limit') as memory_limit",
    );
    expect(rows).toEqual([{ memory_limit: '244.1 MiB' }]);
    await warehouse.close();
  });
});

const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const point = `/tmp/modelwright-mount-${process.pid}`;
  try {
    execFileSync('mkdir', ['-p', point]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', point], { stdio: 'ignore' });
    execFileSync('umount', [point]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rmdir', [point]);
  }
}

describe('a full disk', () => {
  test.runIf(mayMount)('is told as such, and what was committed before is there afterwards', async () => {
    const point = folder.file('tiny');
    await mkdir(point);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', point]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', point]);
    });
    const warehouse = await openDuckdb(`${point}/dev.duckdb`);
    const session = await warehouse.open();
    await session.execute('create table kept as select 42 as answer');
    await expect(
      session.transaction(() =>
        session.execute('create table big as select random() as r from range(5000000)'),
      ),
    ).rejects.toMatchObject({ kind: 'disk-full' });
    await warehouse.close();
    execFileSync('mount', ['-o', 'remount,size=64m', point]);
    const again = await openDuckdb(`${point}/dev.duckdb`);
    const { rows } = await (await again.open()).query('select table_name, answer from duckdb_tables(), kept');
    expect(rows).toEqual([{ table_name: 'kept', answer: 42 }]);
    await again.close();
  });
});
