import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection, withWarehouse } from './options.ts';
import type { RunFlags } from './run-flags.ts';

const TEST = {
  command: 'test',
  generates: false,
  loads: false,
  builds: false,
  tests: true,
  resourceTypes: ['test'],
} as const;

/** `model test`: tests what is published. */
export function testCommand(invocation: Invocation): Command {
  const command = describeCommand('test', 'Test what is published', [
    'model test',
    'model test --select daily',
    'model test --select test_type:singular',
  ]);
  return withWarehouse(withSelection(withProjectOptions(command)))
    .option('-x, --fail-fast', 'stop at the first failure')
    .option('--no-samples', 'show no rows of failing tests')
    .action(
      invocation.run(async (flags: RunFlags) => {
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, TEST, flags);
      }),
    );
}
