import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import { withOutput, withProjectOptions, withSelection, withWarehouse } from './options.ts';
import type { OutputFlags } from './print-rows.ts';
import type { SelectFlags } from './selection-flags.ts';
import type { WarehouseFlags } from './store-session.ts';

interface ShowFlags extends WarehouseFlags, SelectFlags, OutputFlags {
  readonly limit: number;
}

/** `model show`: prints rows of a published relation. */
export function showCommand(invocation: Invocation): Command {
  const command = describeCommand('show', 'Print rows of what is published', [
    'model show --select daily --limit 10',
    'model show --select daily --output json',
    'model show --select exchange_rates --output csv',
  ]);
  return withOutput(withWarehouse(withSelection(withProjectOptions(command))))
    .option('--limit <count>', 'rows to print', count, 5)
    .action(
      invocation.run(async (flags: ShowFlags) => {
        const { publishedSelection } = await import('./published-selection.ts');
        const { printRows } = await import('./print-rows.ts');
        return publishedSelection(flags, invocation, async ({ session, dialect, relations }) => {
          for (const { relation, node } of relations) {
            if (relations.length > 1) invocation.stderr.write(`${node.name}\n`);
            printRows(
              await session.query(`select *\nfrom ${dialect.relation(relation)}\nlimit ${flags.limit}`),
              flags,
              invocation,
            );
          }
          return exitCodes.fine;
        });
      }),
    );
}
