import { spanAt } from '../../src/diagnostic/span.ts';
import type { RunEvent } from '../../src/run/event.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { type RunSummary, summarize } from '../../src/run/run-summary.ts';

const MIDNIGHT = Date.UTC(2025, 0, 31);

/** So many seconds after the start of every run in the tests. */
export function after(seconds: number): Date {
  return new Date(MIDNIGHT + seconds * 1000);
}

/** A model that was built from second 1 to 2; the parts that matter are given. */
export function resultOf(parts: Partial<RunResult> & { name: string }): RunResult {
  return {
    uniqueId: `${parts.resourceType ?? 'model'}.shop.${parts.name}`,
    resourceType: 'model',
    status: 'success',
    startedAt: after(1),
    finishedAt: after(2),
    thread: 1,
    ...parts,
  };
}

const FAILED_TEST: RunResult = resultOf({
  name: 'unique_daily_activity_date',
  resourceType: 'test',
  status: 'fail',
  failures: 12,
  attachedTo: 'daily',
  declaredAt: spanAt(
    { path: 'models/shop.yml', text: 'models:\n  - name: daily\n    tests: [unique]\n' },
    36,
  ),
  compiledPath: 'target/compiled/shop/models/shop.yml/unique_daily_activity_date.sql',
  finishedAt: after(1.042),
  sample: {
    columns: [
      { name: 'activity_date', type: 'DATE' },
      { name: 'n', type: 'BIGINT' },
    ],
    rows: [
      { activity_date: '2025-01-01', n: 2n },
      { activity_date: null, n: 130n },
    ],
  },
});

const BROKEN_MODEL: RunResult = resultOf({
  name: 'weekly',
  status: 'error',
  compiledPath: 'target/compiled/shop/models/weekly.sql',
  finishedAt: after(1.5),
  diagnostic: {
    code: 'SQL-001',
    severity: 'error',
    message: 'Column "dua" does not exist.',
    span: spanAt({ path: 'models/weekly.sql', text: 'select dua\nfrom {{ref "daily"}}\n' }, 7, 10),
    hint: 'Did you mean "dau"?',
  },
});

export const RESULTS: readonly RunResult[] = [
  resultOf({ name: 'events', resourceType: 'generated_seed', rows: 1_250_000, finishedAt: after(13.3) }),
  resultOf({ name: 'events', uniqueId: 'source.shop.raw.events', resourceType: 'source', rows: 1_250_000 }),
  resultOf({
    name: 'daily',
    rows: 365,
    relation: { schema: 'analytics', name: 'daily' },
    finishedAt: after(1.42),
  }),
  resultOf({ name: 'countries', resourceType: 'seed', status: 'reused' }),
  BROKEN_MODEL,
  FAILED_TEST,
  resultOf({ name: 'not_null_daily_dau', resourceType: 'test', status: 'pass', failures: 0, cached: true }),
  resultOf({ name: 'recency_daily', resourceType: 'test', status: 'warn', failures: 1, attachedTo: 'daily' }),
  resultOf({ name: 'monthly', status: 'skipped', thread: 0, message: 'weekly did not build' }),
  resultOf({ name: 'arr', status: 'superseded', message: 'run 9c published it meanwhile' }),
];

export const SUMMARY: RunSummary = summarize({
  runId: '20250131T000000Z-1f2e3d4c',
  command: 'build',
  results: RESULTS,
  published: ['countries', 'daily'],
  startedAt: after(0),
  finishedAt: after(75),
  cancelled: false,
});

/** The events of a run that goes wrong in every way. */
export const EVENTS: readonly RunEvent[] = [
  {
    kind: 'run-started',
    at: after(0),
    runId: SUMMARY.runId,
    command: 'build',
    target: 'dev',
    environment: 'default',
    threads: 4,
    nodes: RESULTS.length,
  },
  { kind: 'stage-note', at: after(0.5), message: 'Compiled 5 models.' },
  {
    kind: 'node-started',
    at: after(1),
    uniqueId: 'generated_seed.shop.events',
    name: 'events',
    resourceType: 'generated_seed',
    activity: 'generate',
    thread: 1,
  },
  ...[2, 11, 12].map(
    (second): RunEvent => ({
      kind: 'node-progress',
      at: after(second),
      uniqueId: 'generated_seed.shop.events',
      name: 'events',
      resourceType: 'generated_seed',
      activity: 'generate',
      rowsDone: 100_000 * (second - 1),
      rowsTotal: 1_250_000,
      rowsPerSecond: 100_000,
    }),
  ),
  ...RESULTS.map(
    (result): RunEvent => ({
      kind: 'node-finished',
      at: result.finishedAt,
      activity: activityOf(result),
      result,
    }),
  ),
  {
    kind: 'warning',
    at: after(60),
    diagnostic: {
      code: 'CMP-009',
      severity: 'warning',
      message: '"daily" calls random().',
      hint: 'Use a var.',
    },
  },
  { kind: 'publish-started', at: after(70), names: ['countries', 'daily'] },
  { kind: 'publish-finished', at: after(74), published: ['countries', 'daily'], sequence: 4 },
  { kind: 'run-finished', at: after(75), summary: SUMMARY },
];

function activityOf({ resourceType }: RunResult) {
  switch (resourceType) {
    case 'generated_seed':
      return 'generate';
    case 'source':
      return 'load';
    case 'test':
    case 'unit_test':
      return 'test';
    case 'model':
    case 'seed':
      return 'build';
  }
}
