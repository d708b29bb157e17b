import type { RunResult } from './run-result.ts';

/** A run summary is what a run came to: counts of nodes by how they ended, and the times. */
export interface RunSummary {
  readonly runId: string;
  readonly command: string;
  readonly outcome: 'success' | 'failure' | 'cancelled';
  readonly counts: RunCounts;
  /** Names of the nodes whose publication changed. */
  readonly published: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly results: readonly RunResult[];
}

export interface RunCounts {
  /** Generated seeds that wrote their batches. */
  readonly generated: number;
  /** Landed tables that took rows. */
  readonly loaded: number;
  /** Models and static seeds that were built. */
  readonly built: number;
  readonly reused: number;
  readonly passed: number;
  readonly warned: number;
  /** Tests that failed. */
  readonly failed: number;
  /** Nodes and tests that ended in an error. */
  readonly errored: number;
  readonly skipped: number;
  readonly superseded: number;
  readonly cancelled: number;
  readonly published: number;
}

/** Sums up a run. */
export function summarize(
  run: Omit<RunSummary, 'outcome' | 'counts'> & { readonly cancelled: boolean },
): RunSummary {
  const { cancelled, ...rest } = run;
  const counts = countResults(run.results, run.published.length);
  return { ...rest, counts, outcome: cancelled ? 'cancelled' : hasFailed(counts) ? 'failure' : 'success' };
}

function hasFailed(counts: RunCounts): boolean {
  return counts.failed + counts.errored + counts.superseded > 0;
}

function countResults(results: readonly RunResult[], published: number): RunCounts {
  const having = (status: RunResult['status']) => results.filter((result) => result.status === status);
  const succeeded = having('success');
  const generated = succeeded.filter((result) => result.resourceType === 'generated_seed').length;
  const loaded = succeeded.filter((result) => result.resourceType === 'source').length;
  return {
    generated,
    loaded,
    built: succeeded.length - generated - loaded,
    reused: having('reused').length,
    passed: having('pass').length,
    warned: having('warn').length,
    failed: having('fail').length,
    errored: having('error').length,
    skipped: having('skipped').length,
    superseded: having('superseded').length,
    cancelled: having('cancelled').length,
    published,
  };
}
