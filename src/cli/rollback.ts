import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { count } from './option-values.ts';
import { withProjectOptions, withWarehouse } from './options.ts';
import type { WarehouseFlags } from './store-session.ts';

interface RollbackFlags extends WarehouseFlags {
  readonly to?: number;
}

/** `model rollback`: shows an earlier publication again. */
export function rollbackCommand(invocation: Invocation): Command {
  const command = describeCommand('rollback', 'Publish again what was published before', [
    'model rollback',
    'model rollback --to 12',
    'model rollback --env pr_42',
  ]);
  return withWarehouse(withProjectOptions(command))
    .option('--to <sequence>', 'the publication to show again; see model history', count)
    .action(
      invocation.run(async (flags: RollbackFlags) => {
        const { withStore } = await import('./store-session.ts');
        const { rollback } = await import('../store/rollback.ts');
        const { ensureStore } = await import('../store/state-tables.ts');
        const { newRunIdentity } = await import('../run/run-identity.ts');
        const { readGitCommit } = await import('../run/git-commit.ts');
        return withStore(flags, invocation, async ({ project, session, dialect, environment, warn }) => {
          await ensureStore(session, dialect, environment);
          const { runId } = newRunIdentity(new Date());
          const gitCommit = await readGitCommit(project.root);
          const request = { runId, gitCommit, ...(flags.to !== undefined && { to: flags.to }) };
          const { from, restored, sequence, changed, removed } = await rollback(
            session,
            dialect,
            environment,
            request,
            warn,
          );
          const { say } = invocation;
          say(`Publication ${sequence} shows what publication ${restored} showed (before: ${from}).`);
          if (changed.length > 0) say(`Changed: ${changed.map((id) => id.split('.').at(-1)).join(', ')}.`);
          if (removed.length > 0) say(`No longer published: ${removed.join(', ')}.`);
          if (changed.length + removed.length === 0) say('Nothing changed.');
          return exitCodes.fine;
        });
      }),
    );
}
