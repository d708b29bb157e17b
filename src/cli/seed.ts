import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import {
  withGeneration,
  withProjectOptions,
  withPublishing,
  withSelection,
  withWarehouse,
} from './options.ts';
import type { RunFlags } from './run-flags.ts';

const SEED = {
  command: 'seed',
  generates: true,
  loads: true,
  builds: true,
  tests: false,
  resourceTypes: ['generated_seed', 'source', 'seed'],
} as const;

/** `model seed`: generates and loads the generated seeds, builds and publishes the static ones. */
export function seedCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'seed',
    'Generate and load the generated seeds, and publish the static ones',
    ['model seed', 'model seed --preset tiny', 'model seed --select exchange_rates'],
  );
  return withGeneration(withPublishing(withWarehouse(withSelection(withProjectOptions(command)))))
    .option('--max-errors <count>', 'bad rows that a landed table may have', count)
    .action(
      invocation.run(async (flags: RunFlags) => {
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, SEED, flags);
      }),
    );
}
