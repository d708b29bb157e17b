import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import { withOutput, withProjectOptions, withWarehouse } from './options.ts';
import type { OutputFlags } from './print-rows.ts';
import type { WarehouseFlags } from './store-session.ts';

interface HistoryFlags extends WarehouseFlags, OutputFlags {
  readonly limit: number;
}

/** `model history`: the publications of an environment, latest first. */
export function historyCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'history',
    'Show what was published: when, by which run and commit, what changed',
    ['model history', 'model history --limit 3 --output json', 'model history --env pr_42'],
  );
  return withOutput(withWarehouse(withProjectOptions(command)))
    .option('--limit <count>', 'publications to show', count, 20)
    .action(
      invocation.run(async (flags: HistoryFlags) => {
        const { withStore } = await import('./store-session.ts');
        const { readHistory } = await import('../store/history.ts');
        const { ensureStore } = await import('../store/state-tables.ts');
        const { historyTable } = await import('./history-table.ts');
        const { printRows } = await import('./print-rows.ts');
        return withStore(flags, invocation, async ({ session, dialect, environment }) => {
          await ensureStore(session, dialect, environment);
          const rows = await readHistory(session, environment, flags.limit);
          printRows(historyTable(rows), flags, invocation);
          return exitCodes.fine;
        });
      }),
    );
}
