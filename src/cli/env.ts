import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withOutput, withProjectOptions, withWarehouse } from './options.ts';
import type { OutputFlags } from './print-rows.ts';
import type { WarehouseFlags } from './store-session.ts';
import { waitSeconds } from './wait-seconds.ts';

/** `model env`: lists and drops environments. */
export function envCommand(invocation: Invocation): Command {
  return describeCommand('env', 'List and drop environments', ['model env list', 'model env drop pr_42'])
    .addCommand(listEnvironmentsCommand(invocation))
    .addCommand(dropEnvironmentCommand(invocation));
}

function listEnvironmentsCommand(invocation: Invocation): Command {
  const command = describeCommand('list', 'List the environments of the target’s database', [
    'model env list',
    'model env list --output json',
  ]);
  return withOutput(withWarehouse(withProjectOptions(command))).action(
    invocation.run(async (flags: WarehouseFlags & OutputFlags) => {
      const { withStore } = await import('./store-session.ts');
      const { listEnvironments } = await import('../store/environments.ts');
      const { printRows } = await import('./print-rows.ts');
      return withStore(flags, invocation, async ({ project, session, dialect }) => {
        const environments = await listEnvironments(session, dialect, project.target.schema);
        const columns = ['environment', 'schema', 'publication', 'published_at', 'relations', 'versions'];
        const rows = environments.map(({ environment, sequence, publishedAt, relations, versions }) => ({
          environment: environment.name,
          schema: environment.schema,
          publication: sequence,
          published_at: publishedAt,
          relations,
          versions,
        }));
        printRows({ columns: columns.map((name) => ({ name, type: 'VARCHAR' })), rows }, flags, invocation);
        return exitCodes.fine;
      });
    }),
  );
}

function dropEnvironmentCommand(invocation: Invocation): Command {
  const command = describeCommand('drop', 'Drop an environment: what it published, and its store', [
    'model env drop pr_42',
    'model env drop pr_42 --wait 60',
  ]);
  return withWarehouse(withProjectOptions(command))
    .argument('<name>', 'the environment')
    .option('--force', 'drop the default environment too')
    .action(
      invocation.run(async (name: string, flags: WarehouseFlags & { readonly force?: true }) => {
        const { withStore } = await import('./store-session.ts');
        const { dropEnvironment } = await import('../store/drop-environment.ts');
        const { newRunIdentity } = await import('../run/run-identity.ts');
        return withStore(flags, invocation, async ({ project, session, dialect, warn }) => {
          await dropEnvironment(session, dialect, {
            schema: project.target.schema,
            name,
            force: flags.force === true,
            run: newRunIdentity(new Date()),
            waitMs: waitSeconds(flags.wait) * 1000,
            warn,
            signal: invocation.signal,
          });
          invocation.say(`Dropped environment ${name}.`);
          return exitCodes.fine;
        });
      }),
    );
}
