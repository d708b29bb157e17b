import type { Command } from 'commander';
import { describeCommand, type ExitCode, exitCodes } from './command.ts';
import type { DebugStep } from './debug-steps.ts';
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
  let healthy = true;
  for await (const step of stepsOf(flags, invocation)) {
    invocation.stdout.write(
      flags.logFormat === 'json' ? debugStepJson(step) : debugStepText(step, flags, invocation),
    );
    healthy &&= step.outcome.kind === 'ok';
  }
  return healthy ? exitCodes.fine : exitCodes.refused;
}

async function* stepsOf(flags: WarehouseFlags, invocation: Invocation): AsyncGenerator<DebugStep> {
  const { readForDebug } = await import('./debug-project.ts');
  const { debugSteps } = await import('./debug-steps.ts');
  const { projectRequest } = await import('./project-flags.ts');
  const { targetChecks } = await import('./debug-checks.ts');
  const { waitSeconds } = await import('./wait-seconds.ts');
  const read = await readForDebug(await projectRequest(flags, invocation, invocation.warn));
  yield* debugSteps(read.checks, invocation.signal);
  if (read.project === undefined) return;
  const options = { waitSeconds: waitSeconds(flags.wait), signal: invocation.signal };
  const { checks, close } = await targetChecks(read.project, options);
  try {
    yield* debugSteps(checks, invocation.signal);
  } finally {
    await close();
  }
}
