import type { Command } from 'commander';
import type { FreshnessFlags } from './check-freshness.ts';
import { describeCommand } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withSelection, withWarehouse } from './options.ts';

/** `model freshness`: says how old the newest rows of sources are. */
export function freshnessCommand(invocation: Invocation): Command {
  return checkingCommand(invocation, 'model freshness');
}

/** `model source freshness`: the same, as dbt's users type it. */
export function sourceCommand(invocation: Invocation): Command {
  const spelling = 'model source freshness';
  return describeCommand('source', 'Check sources, as dbt spells it', [spelling]).addCommand(
    checkingCommand(invocation, spelling),
  );
}

function checkingCommand(invocation: Invocation, spelling: string): Command {
  const command = describeCommand('freshness', 'Check how old the newest rows of sources are', [
    spelling,
    `${spelling} --select source:raw`,
    `${spelling} --select +daily --output /tmp/sources.json`,
  ]);
  return withWarehouse(withSelection(withProjectOptions(command)))
    .option('-o, --output <file>', 'where to write the results; default: target/sources.json')
    .action(
      invocation.run(async (flags: FreshnessFlags) => {
        const { checkFreshness } = await import('./check-freshness.ts');
        return checkFreshness(flags, invocation);
      }),
    );
}
