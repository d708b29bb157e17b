import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withWarehouse } from './options.ts';

/** `model store`: looks after the store of an environment. */
export function storeCommand(invocation: Invocation) {
  return describeCommand('store', 'Look after the store', ['model store repair']).addCommand(
    repairCommand(invocation),
  );
}

function repairCommand(invocation: Invocation) {
  const command = describeCommand('repair', 'Rebuild the store’s state from the warehouse’s catalog', [
    'model store repair',
    'model store repair --env pr_42',
  ]);
  return withWarehouse(withProjectOptions(command)).action(
    invocation.run(async (flags) => {
      const { withStore } = await import('./store-session.ts');
      const { repair } = await import('../store/repair.ts');
      const { ensureStore } = await import('../store/state-tables.ts');
      return withStore(flags, invocation, async ({ project, session, dialect, environment }) => {
        await ensureStore(session, dialect, environment);
        const { recovered, lost, republished } = await repair(session, dialect, { environment, schema: project.target.schema });
        invocation.stdout.write(
          `${recovered} versions recovered, ${lost} marked as lost, ${republished} published relations recorded.\n`,
        );
        return exitCodes.fine;
      });
    }),
  );
}
