import type { Check } from '../diagnostic/check.ts';
import type { LoadOptions } from '../project/load.ts';
import type { OpenOptions } from '../warehouse/open.ts';
import { targetChecks } from './debug-checks.ts';
import { readForDebug } from './debug-project.ts';
import { type DebugStep, debugSteps } from './debug-steps.ts';

/** Checks a project's target, step by step: what the project says, then what it needs. Throws once the signal is aborted. */
export async function* debugTarget(request: LoadOptions, opening: OpenOptions): AsyncGenerator<DebugStep> {
  const steps = (checks: readonly Check[]) => debugSteps(checks, opening.signal);
  const { project, checks: reading } = await readForDebug(request);
  yield* steps(reading);
  if (project === undefined) return;
  const { checks, close } = await targetChecks(project, opening);
  try {
    yield* steps(checks);
  } finally {
    await close();
  }
}
