import type { Command } from 'commander';
import { describeCommand, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withWarehouse } from './options.ts';
import type { WarehouseFlags } from './store-session.ts';

/** `model debug`: says step by step what works for a target. */
export function debugCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'debug',
    'Check a target step by step: settings, warehouse, store, landing zone',
    ['model debug', 'model debug --target prod'],
  );
  return withWarehouse(withProjectOptions(command)).action(
    invocation.run(async (flags: WarehouseFlags) => {
      const { debugSteps } = await import('./debug-steps.ts');
      const { debugStepText, debugStepJson } = await import('./debug-step.ts');
      const { stdout } = invocation;
      let healthy = true;
      for await (const step of debugSteps(flags, invocation)) {
        stdout.write(
          flags.logFormat === 'json' ? debugStepJson(step) : debugStepText(step, flags, invocation),
        );
        healthy &&= typeof step.outcome === 'string';
      }
      return healthy ? exitCodes.fine : exitCodes.refused;
    }),
  );
}
