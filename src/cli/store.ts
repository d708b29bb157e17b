import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withWarehouse } from './options.ts';
import type { WarehouseFlags } from './store-session.ts';

/** `model store`: looks after the store of an environment. */
export function storeCommand(invocation: Invocation): Command {
  return describeCommand('store', 'Look after the store', ['model store repair']).addCommand(
    repairCommand(invocation),
  );
}

function repairCommand(invocation: Invocation): Command {
  const command = describeCommand('repair', 'Rebuild the store’s state from the warehouse’s catalog', [
    'model store repair',
    'model store repair --env pr_42',
  ]);
  return withWarehouse(withProjectOptions(command)).action(
    invocation.run(async (flags: WarehouseFlags) => {
      const { withStore } = await import('./store-session.ts');
      const { environmentOf } = await import('../store/environment.ts');
      const { repair } = await import('../store/repair.ts');
      const { newRunIdentity } = await import('../run/run-identity.ts');
      return withStore(flags, invocation, async ({ project, session, dialect, environment }) => {
        const { runId } = newRunIdentity(new Date());
        const { schema } = project.target;
        const base =
          project.baseEnvironment === undefined ? undefined : environmentOf(schema, project.baseEnvironment);
        const request = { environment, base, schema, runId };
        const { recovered, lost, republished } = await repair(session, dialect, request);
        invocation.say(
          `${recovered} versions recovered, ${lost} marked as lost, ${republished} published relations recorded.`,
        );
        return exitCodes.fine;
      });
    }),
  );
}
