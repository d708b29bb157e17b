import type { Command } from 'commander';
import { describeCommand, type ExitCode, exitCodes } from './command.ts';
import type { Invocation } from './invocation.ts';
import { withProjectOptions, withWarehouse } from './options.ts';
import type { WarehouseFlags } from './store-session.ts';

/** `model debug`: says step by step what works for a target. */
export function debugCommand(invocation: Invocation): Command {
  const command = describeCommand(
    'debug',
    'Check a target step by step: settings, connection, rights, store, landing zone',
    ['model debug', 'model debug --target prod', 'model debug --target prod --log-format json'],
  );
  return withWarehouse(withProjectOptions(command)).action(
    invocation.run((flags: WarehouseFlags) => debug(flags, invocation)),
  );
}

/** Each step is told as it ends. */
async function debug(flags: WarehouseFlags, invocation: Invocation): Promise<ExitCode> {
  const { debugStepText, debugStepJson } = await import('./debug-step.ts');
  const { debugTarget } = await import('./debug-target.ts');
  const { projectRequest } = await import('./project-flags.ts');
  const { waitSeconds } = await import('./wait-seconds.ts');
  const { stdout, warn, signal } = invocation;
  const request = await projectRequest(flags, invocation, warn);
  let healthy = true;
  for await (const step of debugTarget(request, { waitSeconds: waitSeconds(flags.wait), signal })) {
    stdout.write(flags.logFormat === 'json' ? debugStepJson(step) : debugStepText(step, flags, invocation));
    healthy &&= step.outcome.kind === 'ok';
  }
  return healthy ? exitCodes.fine : exitCodes.refused;
}
