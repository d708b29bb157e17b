import { expect, it } from 'vitest';
import { isQuietResult } from '../../src/report/quiet-result.ts';
import type { RunResult } from '../../src/run/run-result.ts';

const result = (resourceType: RunResult['resourceType'], status: RunResult['status']): RunResult => ({
  uniqueId: 'x',
  name: 'x',
  resourceType,
  status,
  startedAt: new Date(0),
  finishedAt: new Date(0),
  thread: 1,
});

it('passing tests have lines in `model test`, and none in `model build`', () => {
  expect(isQuietResult(result('test', 'pass'), 'test')).toBe(false);
  expect(isQuietResult(result('test', 'pass'), 'build')).toBe(true);
});

it('tests that are skipped with their node have no line, the node has', () => {
  expect(isQuietResult(result('test', 'skipped'), 'build')).toBe(true);
  expect(isQuietResult(result('model', 'skipped'), 'build')).toBe(false);
});

it('failures and warnings always have lines', () => {
  for (const status of ['warn', 'fail', 'error'] as const)
    expect(isQuietResult(result('test', status), 'build')).toBe(false);
});
