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
      const { diagnosticText } = await import('../report/diagnostic-text.ts');
      const { colorsFor } = await import('../report/colors.ts');
      const { stdout, environment } = invocation;
      const colors = colorsFor(stdout, { color: flags.color, environment });
      let healthy = true;
      for await (const { what, outcome } of debugSteps(flags, invocation)) {
        const fine = typeof outcome === 'string';
        stdout.write(
          `${fine ? colors.green('ok  ') : colors.red('FAIL')} ${what}${fine ? `: ${outcome}` : ''}\n`,
        );
        if (!fine) for (const diagnostic of outcome) stdout.write(`${diagnosticText(diagnostic, colors)}\n`);
        healthy &&= fine;
      }
      return healthy ? exitCodes.fine : exitCodes.refused;
    }),
  );
}
