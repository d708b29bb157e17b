import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from './cluster.ts';

const PATIENCE_MS = 60_000;

/** The url of the server that all test files of one run share; the first of them that asks starts it. */
export async function sharedClusterUrl(folder: string, owner: number): Promise<string> {
  const isFirst = await mkdir(join(folder, 'claimed')).then(
    () => true,
    () => false,
  );
  if (isFirst) await startAndTell(folder, owner);
  const note = noteOf(folder);
  for (let waited = 0; !existsSync(note); waited += 50) {
    if (waited > PATIENCE_MS) throw new Error('Another test file did not get PostgreSQL started.');
    await sleep(50);
  }
  const { url, problem } = JSON.parse(readFileSync(note, 'utf8'));
  if (url === undefined) throw new Error(`PostgreSQL does not start: ${problem}`);
  return url;
}

async function startAndTell(folder: string, owner: number): Promise<void> {
  const told = await startCluster({ folder, owner }).then(
    ({ url }) => ({ url }),
    (error) => ({ problem: String(error) }),
  );
  const draft = join(folder, 'cluster.draft');
  await writeFile(draft, JSON.stringify(told));
  await rename(draft, noteOf(folder));
}

function noteOf(folder: string): string {
  return join(folder, 'cluster.json');
}
