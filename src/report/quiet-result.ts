import type { RunResult } from '../run/run-result.ts';

/**
 * Whether a result needs no line of its own: tests that are skipped with their node, and tests that pass in a command that
 * does more than test. The summary counts them.
 */
export function isQuietResult({ resourceType, status }: RunResult, command: string): boolean {
  if (resourceType !== 'test' && resourceType !== 'unit_test') return false;
  return status === 'skipped' || (status === 'pass' && command !== 'test');
}
