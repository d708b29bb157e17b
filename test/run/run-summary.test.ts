import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/run/run-summary.ts';
import { after, RESULTS, resultOf } from '../support/run.ts';

const RUN = {
  runId: 'r',
  command: 'build',
  published: [],
  startedAt: after(0),
  finishedAt: after(1),
  cancelled: false,
};

describe('summarize', () => {
  test('counts nodes and tests by how they ended', () => {
    expect(summarize({ ...RUN, results: RESULTS, published: ['daily'] }).counts).toEqual({
      generated: 1,
      loaded: 1,
      built: 1,
      reused: 1,
      passed: 1,
      warned: 1,
      failed: 1,
      errored: 1,
      skipped: 1,
      superseded: 1,
      cancelled: 0,
      published: 1,
    });
  });

  test.each([
    ['pass', 'success'],
    ['warn', 'success'],
    ['skipped', 'success'],
    ['fail', 'failure'],
    ['error', 'failure'],
    ['superseded', 'failure'],
  ] as const)('a run with a node in %s is a %s', (status, outcome) => {
    expect(summarize({ ...RUN, results: [resultOf({ name: 'daily', status })] }).outcome).toBe(outcome);
  });

  test('a cancelled run is neither', () => {
    expect(summarize({ ...RUN, results: [], cancelled: true }).outcome).toBe('cancelled');
  });
});
