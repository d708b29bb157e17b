import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';

/** A statement that sqlfluff's grammar does not take. */
interface Unparsable {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

const FULL = process.env['MODEL_TEST_SIZE'] === 'full';
const installed = spawnSync('sqlfluff', ['version']).status === 0;
if (!installed && process.env['MODEL_REQUIRE_SQLFLUFF'] === '1')
  throw new Error('MODEL_REQUIRE_SQLFLUFF is 1, and there is no sqlfluff on this machine.');

/** Tests that need Debian's sqlfluff; where there is none they are skipped, unless `MODEL_REQUIRE_SQLFLUFF` is 1. */
export function describeSqlfluff(title: string, tests: () => void): void {
  describe.skipIf(!installed)(title, tests);
}

const report = z.array(
  z.object({
    filepath: z.string(),
    violations: z.array(z.object({ code: z.string(), line_no: z.number(), description: z.string() })),
  }),
);

/** Parses SQL files with Redshift's grammar, in one process. */
function unparsable(files: readonly string[]): readonly Unparsable[] {
  if (files.length === 0) return [];
  const options = ['--dialect', 'redshift', '--rules', 'L009', '--format', 'json', '--disable-progress-bar'];
  const { stdout, stderr, error } = spawnSync('sqlfluff', ['lint', ...options, ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  if (stdout.trim() === '') throw new Error(`sqlfluff said nothing: ${stderr}`);
  return report
    .parse(JSON.parse(stdout))
    .flatMap(({ filepath, violations }) =>
      violations
        .filter(({ code }) => code === 'PRS' || code === 'LXR')
        .map(({ line_no: line, description: problem }) => ({ file: filepath, line, problem })),
    );
}

/**
 * Expects Redshift's grammar to take every SQL file below a folder but for some, which it refuses. The texts that it has
 * judged before stand in the folder's `judged.txt`; at full size it judges all again, else only those that are not there.
 */
export async function expectTaken(folder: string, refused: readonly string[] = []): Promise<void> {
  const list = join(folder, 'judged.txt');
  const known = new Set(existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, line: `${hashOf(join(folder, name))} ${name}` }));
  const judged = files.filter(({ line }) => FULL || !known.has(line)).map(({ name }) => name);
  const found = unparsable(judged.map((name) => join(folder, name)));
  expect(found.filter(({ file }) => !refused.includes(basename(file)))).toEqual([]);
  expect(judged.filter((name) => refused.includes(basename(name)))).toEqual(
    judged.filter((name) => found.some(({ file }) => file === join(folder, name))),
  );
  await expect(files.map(({ line }) => `${line}\n`).join('')).toMatchFileSnapshot(list);
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
