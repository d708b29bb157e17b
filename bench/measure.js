import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';

export const MODEL = fileURLToPath(new URL('../bin/model.js', import.meta.url));
const WITNESS = fileURLToPath(new URL('./witness.cjs', import.meta.url));

/** Runs a Node program and gives `{ seconds, megabytes, stdout }`: the wall time of the process and its most memory. */
export function measure(args, { cwd = process.cwd(), env = {} } = {}) {
  const note = join(scratchFolder(), 'note.json');
  const began = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', WITNESS, ...args], {
    cwd,
    env: { ...process.env, ...env, BENCH_NOTE: note },
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  const { megabytes } = JSON.parse(readFileSync(note, 'utf8'));
  return { seconds, megabytes, stdout };
}

/**
 * Measures several programs in turn, so that a busy moment meets all of them, and keeps the shortest time of each;
 * one with `ownClock` prints JSON with the `seconds` that count.
 */
export function measureInTurn(programs, runs = size.runs) {
  const best = {};
  for (let run = 0; run < runs; run++) {
    for (const [name, { before, args, ownClock, ...options }] of Object.entries(programs)) {
      before?.();
      const whole = measure(args, options);
      const measured = ownClock ? { ...whole, seconds: JSON.parse(whole.stdout).seconds } : whole;
      if (best[name] === undefined || measured.seconds < best[name].seconds) best[name] = measured;
    }
  }
  return best;
}
