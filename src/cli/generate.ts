import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { positiveCount } from './option-values.ts';
import { withGeneration, withProjectOptions, withSelection } from './options.ts';
import type { RunFlags } from './run-flags.ts';

const GENERATE = {
  command: 'generate',
  generates: true,
  loads: false,
  builds: false,
  tests: false,
  resourceTypes: ['generated_seed'],
} as const;

/** `model generate`: writes generated seeds to the landing zone; it opens no warehouse. */
export function generateCommand(invocation: Invocation): Command {
  const command = describeCommand('generate', 'Write generated seeds to the landing zone', [
    'model generate',
    'model generate --preset big --seed 7',
    'model generate --days 30 --users 500 --as-of 2025-06-30',
  ]);
  return withGeneration(withSelection(withProjectOptions(command)))
    .option('--threads <count>', 'threads that make rows; the bytes do not depend on it', positiveCount)
    .action(
      invocation.run(async (flags: RunFlags) => {
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, GENERATE, flags);
      }),
    );
}
