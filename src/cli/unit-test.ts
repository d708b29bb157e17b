import type { Command } from 'commander';
import { describeCommand } from './command.ts';
import type { UnitTestFlags } from './create-unit-test.ts';
import type { Invocation } from './invocation.ts';
import { positiveCount } from './option-values.ts';
import { withProjectOptions, withWarehouse } from './options.ts';

/** `model unit-test`: writes unit tests. */
export function unitTestCommand(invocation: Invocation): Command {
  return describeCommand('unit-test', 'Write unit tests', [
    `model unit-test create --select daily --where "dau > 0"`,
  ]).addCommand(createCommand(invocation));
}

function createCommand(invocation: Invocation): Command {
  const command = describeCommand('create', 'Write a unit test from published rows', [
    `model unit-test create --select daily --where "activity_date = '2025-06-30' and slice = 'all'"`,
    `model unit-test create -s stg_events --where "country = '(unknown)'" --name unknown_countries --dry-run`,
  ]);
  return withWarehouse(withProjectOptions(command))
    .requiredOption('-s, --select <model>', 'the model to test')
    .requiredOption('--where <condition>', 'which of its published rows the test makes, in the target’s SQL')
    .option('--name <name>', 'name of the test; default: <model>_makes_published_rows')
    .option('--rows <count>', 'so many of these rows at most', positiveCount, 1)
    .option('--dry-run', 'print the test and write nothing')
    .action(
      invocation.run(async (flags: UnitTestFlags) => {
        const { writeUnitTest } = await import('./create-unit-test.ts');
        return writeUnitTest(flags, invocation);
      }),
    );
}
