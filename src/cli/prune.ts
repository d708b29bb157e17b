import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import { withProjectOptions, withWarehouse } from './options.ts';
import type { WarehouseFlags } from './store-session.ts';

const HOUR_MS = 3_600_000;

interface PruneFlags extends WarehouseFlags {
  readonly keep: number;
  readonly graceHours: number;
  readonly dryRun?: true;
}

/** `model prune`: drops versions that nothing shows any more. */
export function pruneCommand(invocation: Invocation): Command {
  const command = describeCommand('prune', 'Drop versions that no environment shows or may soon show again', [
    'model prune --dry-run',
    'model prune --keep 5',
    'model prune --grace-hours 0',
  ]);
  return withWarehouse(withProjectOptions(command))
    .option('--keep <count>', 'last publications of every environment that keep their versions', count, 2)
    .option('--grace-hours <hours>', 'how long versions stay after they were built', count, 1)
    .option('--dry-run', 'only say what would be dropped')
    .action(
      invocation.run(async (flags: PruneFlags) => {
        const { withStore } = await import('./store-session.ts');
        const { prune } = await import('../store/prune.ts');
        const { ensureStore } = await import('../store/state-tables.ts');
        const { dropRefused } = await import('../diagnostic/catalogue/store.ts');
        const { newRunIdentity } = await import('../run/run-identity.ts');
        return withStore(flags, invocation, async ({ project, session, dialect, environment, warn }) => {
          await ensureStore(session, dialect, environment);
          const { dropped, kept, refused } = await prune(session, dialect, {
            environment,
            schema: project.target.schema,
            keep: flags.keep,
            graceMs: flags.graceHours * HOUR_MS,
            process: newRunIdentity(new Date()).process,
            dryRun: flags.dryRun === true,
          });
          const { say } = invocation;
          for (const relation of dropped)
            say(`${flags.dryRun === true ? 'would drop' : 'dropped'} ${relation.name}`);
          for (const { relation, reason } of refused)
            warn(dropRefused({ relation: dialect.relation(relation), reason }));
          say(`${dropped.length} ${flags.dryRun === true ? 'to drop' : 'dropped'}, ${kept} kept.`);
          return refused.length === 0 ? exitCodes.fine : exitCodes.failed;
        });
      }),
    );
}
