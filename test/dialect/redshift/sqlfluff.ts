import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { z } from 'zod';

/** A statement that sqlfluff's grammar does not take. */
export interface Unparsable {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

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

/** Parses all SQL files below folders with Redshift's grammar, in one process. */
export function unparsable(folders: readonly string[]): readonly Unparsable[] {
  const options = ['--dialect', 'redshift', '--rules', 'L009', '--format', 'json', '--disable-progress-bar'];
  const { stdout, stderr, error } = spawnSync('sqlfluff', ['lint', ...options, ...folders], {
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
