import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { generate } from '../../src/seed/generate.ts';
import { load } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

const REFERENCE = join(import.meta.dirname, '../..');
const KILLS = process.env['MODEL_TEST_SIZE'] === 'full' ? 20 : 2;
const OPTIONS = { preset: 'tiny', users: 300, days: 60 };

test('A generation killed at any moment is finished by the next one, to the same rows', async () => {
  const whole = scratchFolder();
  await generate({ ...seedProject(REFERENCE, whole), options: OPTIONS, threads: 1 });
  const expected = await contentOf(whole);
  for (let kill = 0; kill < KILLS; kill++) {
    const landing = scratchFolder();
    await killed(
      'generate',
      { landing, project: seedProject(REFERENCE, landing), options: OPTIONS },
      landing,
      kill,
    );
    await generate({ ...seedProject(REFERENCE, landing), options: {}, threads: 1 });
    expect(await contentOf(landing)).toEqual(expected);
  }
});

test('A load killed at any moment is finished by the next one: no row lost, none doubled', async () => {
  const folder = scratchFolder();
  await generate({ ...seedProject(REFERENCE, folder), options: OPTIONS, threads: 1 });
  const landing = new FolderLanding(folder);
  const rows = (await contentOf(folder)).reduce((sum, [, , count]) => sum + Number(count), 0);
  for (let kill = 0; kill < KILLS; kill++) {
    const database = join(scratchFolder(), 'killed.duckdb');
    await killed('load', { landing: folder, database }, database, kill);
    const warehouse = await openDuckdb(database);
    await load({ landing, warehouse, schema: 'analytics', loadId: 'second' });
    const session = await warehouse.open();
    const counts = ['daily_dump', 'mapping_sheet', 'subscription_data', 'users'].map(
      (table) => `select count(*) as n from "analytics__raw"."${table}"`,
    );
    const { rows: found } = await session.query(counts.join('\nunion all\n'));
    await session.close();
    await warehouse.close();
    expect(found.reduce((sum, row) => sum + Number(row['n']), 0)).toBe(rows);
  }
});

/** Starts the work in a process of its own, and kills it a while after its first trace appears. */
async function killed(
  work: 'generate' | 'load',
  input: unknown,
  trace: string,
  round: number,
): Promise<void> {
  rmSync(join(trace, '_generation.json'), { force: true });
  const jiti = createRequire(import.meta.url).resolve('jiti');
  const script = `const { createJiti } = require(${JSON.stringify(jiti)});
createJiti(${JSON.stringify(import.meta.filename)}).import(${JSON.stringify(join(import.meta.dirname, 'victim.ts'))})
  .then(({ ${work}Victim }) => ${work}Victim(${JSON.stringify(input)}))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const sign = work === 'generate' ? join(trace, '_generation.json') : trace;
  while (!existsSync(sign) && child.exitCode === null) await pause(5);
  await pause(20 + ((round * 137) % 600));
  child.kill('SIGKILL');
  await ended;
}

async function contentOf(folder: string): Promise<readonly (readonly unknown[])[]> {
  const landing = new FolderLanding(folder);
  const content: (readonly unknown[])[] = [];
  for (const table of await landing.tables()) {
    for (const { path, manifest } of await landing.batches(table, raise)) {
      for (const { url, sha256, rows } of manifest.entries) content.push([`${path}/${url}`, sha256, rows]);
    }
  }
  return content;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function raise(problem: { readonly message: string }): never {
  throw new Error(problem.message);
}
