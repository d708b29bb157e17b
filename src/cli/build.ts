import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import {
  withGeneration,
  withIndirectSelection,
  withProjectOptions,
  withPublishing,
  withSelection,
  withTesting,
  withWarehouse,
} from './options.ts';
import type { RunFlags } from './run-flags.ts';

const BUILD = { command: 'build', generates: true, loads: true, builds: true, tests: true } as const;

/** `model build`: generates, lands, loads, builds, tests and publishes. */
export function buildCommand(invocation: Invocation): Command {
  const command = describeCommand('build', 'Generate, load, build and test, then publish what passed', [
    'model build',
    'model build --preset tiny --seed 7',
    'model build --select +daily --exclude tag:slow',
    'model build --env pr_42',
  ]);
  const selecting = withIndirectSelection(withSelection(withProjectOptions(command)));
  return withGeneration(withPublishing(withTesting(withWarehouse(selecting))))
    .option('--verify-reuse', 'rebuild a sample of what would be reused, and compare')
    .action(
      invocation.run(async (flags: RunFlags) => {
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, BUILD, flags);
      }),
    );
}
