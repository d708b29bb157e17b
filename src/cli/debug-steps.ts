import type { Check } from '../diagnostic/check.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { diagnosticsOf } from './failure.ts';

/** A step of `model debug`: what was looked at, and what came of it. */
export interface DebugStep {
  readonly what: string;
  readonly outcome: DebugOutcome;
}

export type DebugOutcome =
  | { readonly kind: 'ok'; readonly saw: string; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: 'failed'; readonly problems: readonly Diagnostic[] }
  /** `missing` is the earlier step without which it cannot be done. */
  | { readonly kind: 'skipped'; readonly missing: string };

/** Does one check after the other; what needs one that did not pass is skipped. Throws once the signal is aborted. */
export async function* debugSteps(
  checks: readonly Check[],
  signal: AbortSignal | undefined,
): AsyncGenerator<DebugStep> {
  const passed = new Set<string>();
  for (const check of checks) {
    const { what, needs } = check;
    const missing = needs.find((need) => !passed.has(need));
    const outcome: DebugOutcome =
      missing === undefined ? await outcomeOf(check, signal) : { kind: 'skipped', missing };
    if (outcome.kind === 'ok') passed.add(what);
    yield { what, outcome };
  }
}

async function outcomeOf({ look }: Check, signal: AbortSignal | undefined): Promise<DebugOutcome> {
  const warnings: Diagnostic[] = [];
  try {
    return { kind: 'ok', saw: await look((warning) => warnings.push(warning)), warnings };
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', problems: [...warnings, ...diagnosticsOf(error)] };
  }
}
