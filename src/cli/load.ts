import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import { withProjectOptions, withSelection, withWarehouse } from './options.ts';
import type { RunFlags } from './run-flags.ts';

const LOAD = {
  command: 'load',
  generates: false,
  loads: true,
  builds: false,
  tests: false,
  resourceTypes: ['source'],
} as const;

/** `model load`: loads what has landed and is new; with `--check` it only parses it. */
export function loadCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'load',
    'Load new and changed batches from the landing zone, exactly once',
    [
      'model load',
      'model load --select source:raw.daily_dump',
      'model load --check',
      'model load --max-errors 10',
    ],
  );
  return withWarehouse(withSelection(withProjectOptions(command)))
    .option('--max-errors <count>', 'bad rows that a table may have; they land in its rejects table', count)
    .option('--check', 'have the engine parse what is new, report bad rows, and load nothing')
    .action(
      invocation.run(async (flags: RunFlags) => {
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, LOAD, flags);
      }),
    );
}
