import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/seed/random.ts';
import { model, programFile } from '../support/program.ts';
import { modelHere } from '../support/program-here.ts';
import { editionsIn, PUBLISHED, seenIn, Workshop } from './killed-program.ts';

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
const SEED = Number(process.env['MODEL_KILL_SEED'] ?? 20251231);

const SIZE = ['--users', '400', '--days', '12'];
const FIRST = ['build', ...SIZE, '--seed', '1'];
const SECOND = ['build', ...SIZE, '--seed', '2', '--vars', '{edition: 2}'];
const AFTER = ['run', '--vars', '{edition: 2}'];

/**
 * What is killed: a command, after others. `at` is an event from which it is interesting; `share` says roughly how long it
 * takes, measured by a whole build.
 */
const VICTIMS = {
  generate: { before: [], words: ['generate', ...SIZE, '--seed', '2'], at: undefined, share: 0.6 },
  load: { before: [['generate', ...SIZE, '--seed', '2']], words: ['load'], at: undefined, share: 0.6 },
  run: { before: [], words: AFTER, at: undefined, share: 0.8 },
  build: { before: [], words: SECOND, at: undefined, share: 1 },
  publish: { before: [], words: SECOND, at: 'publish_started', share: 0.04 },
} as const;

type Victim = keyof typeof VICTIMS;

const POINTS: readonly Victim[] = FULL
  ? (Object.keys(VICTIMS) as Victim[]).flatMap((victim) => Array.from({ length: 9 }, () => victim))
  : ['generate', 'load', 'run', 'build', 'publish'];

const program = programFile();

/** Runs the program to its end. */
async function run(root: string, words: readonly string[], program = modelHere): Promise<void> {
  const { code, stderr } = await program(words, { cwd: root });
  if (code !== 0) throw new Error(`model ${words.join(' ')} ended with ${code}:\n${stderr}`);
}

/** Starts the program and kills it after a while, counted from an event where there is one; false: it was faster. */
async function kill(
  root: string,
  words: readonly string[],
  at: string | undefined,
  ms: number,
): Promise<boolean> {
  const args = [program, ...words, ...(at === undefined ? [] : ['--log-format', 'json'])];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  let stdout = '';
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => {
      stdout += text;
      if (at === undefined || stdout.includes(at)) resolve();
    });
  });
  if (at !== undefined) await Promise.race([reached, ended]);
  if (at !== undefined && !stdout.includes(at)) throw new Error(`The program never came to ${at}.`);
  await Promise.race([sleep(ms), ended]);
  const isKilled = child.kill('SIGKILL');
  await ended;
  return isKilled;
}

describe('The program, killed with -9 at any moment', () => {
  const workshop = new Workshop();
  let published: string;
  let expected: Awaited<ReturnType<typeof seenIn>>;
  let duration: number;

  beforeAll(async () => {
    published = workshop.project();
    await run(published, FIRST);
    const undisturbed = workshop.copyOf(published);
    const started = performance.now();
    await run(undisturbed, SECOND, model);
    duration = performance.now() - started;
    expected = await seenIn(undisturbed);
  });
  afterAll(() => workshop.close());

  it.each(
    POINTS.map((victim, point) => ({ victim, point })),
  )('leaves whole relations, and the next command finishes the work: $victim, $point', async ({
    victim,
    point,
  }) => {
    const random = new Random(SEED, victim, point);
    const { before, words, at, share } = VICTIMS[victim];
    const root = workshop.copyOf(published);
    for (const earlier of before) await run(root, earlier);
    const from = at === undefined ? 0.3 : 0;
    const ms = duration * share * (from + (1 - from) * random.next());
    const isKilled = await kill(root, words, at, ms);

    const { editions, relations } = await editionsIn(root);
    expect(relations).toBe(PUBLISHED.length);
    expect([[1], [2]]).toContainEqual(editions);
    if (!isKilled) expect(editions).toEqual([victim === 'generate' || victim === 'load' ? 1 : 2]);

    await run(root, SECOND);
    expect(await seenIn(root)).toEqual(expected);
  });

  it('before there was anything leaves nothing that the next command cannot work with', async () => {
    const random = new Random(SEED, 'first');
    for (let point = 0; point < (FULL ? 10 : 1); point++) {
      const root = workshop.copyOf(published);
      for (const name of ['landing', 'target', 'dev.duckdb', 'dev.duckdb.wal']) {
        if (existsSync(join(root, name))) rmSync(join(root, name), { recursive: true });
      }
      await kill(root, SECOND, undefined, duration * (0.2 + 0.8 * random.next()));
      await run(root, SECOND);
      expect(await seenIn(root)).toEqual(expected);
    }
  });
});
