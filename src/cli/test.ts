import { type Command, Option } from 'commander';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { percentage } from './option-values.ts';
import {
  withIndirectSelection,
  withProjectOptions,
  withSelection,
  withTesting,
  withWarehouse,
} from './options.ts';
import type { RunFlags } from './run-flags.ts';

const TEST = {
  command: 'test',
  generates: false,
  loads: false,
  builds: false,
  tests: true,
} as const;

/** The flags of `model test`: of all, and which kind of tests. */
interface TestFlags extends RunFlags {
  readonly unit?: true | undefined;
  readonly data?: true | undefined;
  readonly watch?: true | undefined;
  readonly mutate?: true | undefined;
  readonly killAtLeast?: number | undefined;
}

/** `model test`: tests what is published, and what models make of given rows. */
export function testCommand(invocation: Invocation): Command {
  const command = describeCommand('test', 'Test what is published, and models on given rows', [
    'model test',
    'model test --select daily',
    'model test --unit --select daily',
    'model test --unit --watch',
    'model test --select test_type:singular',
    'model test --mutate --select daily',
  ]);
  return withTesting(withWarehouse(withIndirectSelection(withSelection(withProjectOptions(command)))))
    .option('-x, --fail-fast', 'stop at the first failure')
    .option('--unit', 'only unit tests, which need no warehouse')
    .option('--data', 'only data tests')
    .addOption(
      new Option('--watch', 'run unit tests, and again those that a saved file touches').conflicts('data'),
    )
    .option('--no-samples', 'show no rows of failing tests')
    .option('--mutate', 'change the selected models in small ways, and tell which changes no test notices')
    .option(
      '--kill-at-least <percent>',
      'with --mutate, fail where fewer mutants of a model are noticed',
      percentage,
    )
    .action(
      invocation.run(async (flags: TestFlags) => {
        if (flags.mutate === true) {
          const { mutateSelected } = await import('./mutate.ts');
          return mutateSelected(flags, invocation);
        }
        if (flags.watch === true) {
          const { watchUnitTests } = await import('./watch-unit-tests.ts');
          return watchUnitTests(flags, invocation);
        }
        const { runCommandOf } = await import('./run-command.ts');
        return runCommandOf(invocation, { ...TEST, resourceTypes: testTypes(flags) }, flags);
      }),
    );
}

/** Both flags mean both kinds. */
function testTypes({ unit, data }: TestFlags): readonly ('test' | 'unit_test')[] {
  if (unit === data) return ['test', 'unit_test'];
  return unit === true ? ['unit_test'] : ['test'];
}
