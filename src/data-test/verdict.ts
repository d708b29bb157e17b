import type { TestConfig } from '../manifest/config.ts';
import { exceeds, parseThreshold } from './threshold.ts';

/** What a data test's failure count means under its config. */
export type Verdict = 'pass' | 'warn' | 'fail';

/** The verdict on a number of failures: with severity `error` error_if decides first, then warn_if; with `warn` only warn_if. */
export function verdict(
  config: Pick<TestConfig, 'severity' | 'errorIf' | 'warnIf'>,
  failures: number,
): Verdict {
  if (config.severity === 'error' && holds(config.errorIf, failures)) return 'fail';
  return holds(config.warnIf, failures) ? 'warn' : 'pass';
}

function holds(text: string, failures: number): boolean {
  const threshold = parseThreshold(text);
  if (threshold === undefined) throw new Error(`This is a bug: the condition "${text}" was not checked.`);
  return exceeds(threshold, failures);
}
