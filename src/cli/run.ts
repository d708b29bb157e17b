import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withPublishing, withSelection, withWarehouse } from './options.ts';
import type { RunFlags } from './run-flags.ts';

const RUN = {
  command: 'run',
  generates: false,
  loads: false,
  builds: true,
  tests: false,
  resourceTypes: ['model', 'seed'],
} as const;

/** `model run`: builds models and static seeds and publishes them, untested. */
export function runCommand(invocation: Invocation): Command {
  const command = describeCommand('run', 'Build models and static seeds and publish them, without tests', [
    'model run',
    'model run --select daily+ --full-refresh',
    'model run --vars "{as_of_date: 2025-06-30}"',
  ]);
  return withPublishing(withWarehouse(withSelection(withProjectOptions(command)))).action(
    invocation.run(async (flags: RunFlags) => {
      const { runCommandOf } = await import('./run-command.ts');
      return runCommandOf(invocation, RUN, flags);
    }),
  );
}
