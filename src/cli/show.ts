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
  readonly test?: string | undefined;
}

/** `model show`: prints rows of a published relation, or the failing rows of a test. */
export function showCommand(invocation: Invocation): Command {
  const command = describeCommand('show', 'Print rows of what is published', [
    'model show --select daily --limit 10',
    'model show --select daily --output json',
    'model show --select exchange_rates --output csv',
    'model show --test not_null_daily_dau --limit 20',
  ]);
  return withOutput(withWarehouse(withSelection(withProjectOptions(command))))
    .option('--limit <count>', 'rows to print', count, 5)
    .option('--test <name>', 'print the query of a data test and its failing rows instead')
    .action(
      invocation.run(async (flags: ShowFlags) => {
        const { test } = flags;
        if (test !== undefined)
          return (await import('./show-test.ts')).showTest({ ...flags, test }, invocation);
        const { publishedSelection } = await import('./published-selection.ts');
        const { printRows } = await import('./print-rows.ts');
        const { severalToShow } = await import('../diagnostic/catalogue/cli.ts');
        const { stopOnErrors } = await import('../diagnostic/diagnostic.ts');
        return publishedSelection(flags, invocation, async ({ session, dialect, relations }) => {
          const several = relations.length > 1;
          if (several && flags.output !== 'table') {
            const names = relations.map(({ node }) => node.name);
            stopOnErrors([severalToShow({ names, output: flags.output })]);
          }
          for (const { relation, node } of relations) {
            if (several) invocation.stdout.write(`${node.name}\n`);
            printRows(
              await session.query(`select *\nfrom ${dialect.relation(relation)}\nlimit ${flags.limit}`),
              flags,
              invocation,
            );
            if (several) invocation.stdout.write('\n');
          }
          return exitCodes.fine;
        });
      }),
    );
}
