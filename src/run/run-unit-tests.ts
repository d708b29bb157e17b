import type { RunPreparation } from './run-input.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunResult } from './run-result.ts';
import { schedule } from './schedule.ts';
import { TaskAttempts } from './task-attempt.ts';
import { TaskEnds } from './task-ends.ts';
import { type UnitTestBench, withUnitTestBench } from './unit-test-bench.ts';

/** Runs unit tests by themselves, without the target's warehouse; every one of them, as there is nowhere to remember how they ended. */
export async function runUnitTests(input: RunPreparation): Promise<RunOutcome> {
  const tests = [...input.unitTests.values()];
  const results = await withUnitTestBench(input, tests, (bench) => runOnBench(bench, input));
  return { results, published: [], sent: new Map() };
}

/** What running prepared tests takes. */
export type BenchRun = Pick<
  RunPreparation,
  'dag' | 'unitTests' | 'options' | 'tell' | 'warn' | 'signal' | 'clock'
>;

/** Runs unit tests on a bench that is prepared for them. */
export async function runOnBench(bench: UnitTestBench, input: BenchRun): Promise<readonly RunResult[]> {
  const { unitTests, options, signal } = input;
  const { threads, failFast } = options;
  const ends = new TaskEnds(input);
  const attempts = new TaskAttempts(input, ends, () => bench.cancelAll());
  const tasks = [...unitTests.keys()].map((id) => ({ id, after: [], weight: 1 }));
  const perform = (id: string, thread: number) => attempts.attempt(id, thread, () => bench.run(id, thread));
  const skip = (id: string) =>
    ends.neverStarted(id, signal.aborted ? 'cancelled' : 'skipped', 'The run was stopped.');
  await schedule(tasks, { threads, failFast, signal }, { perform, skip });
  return ends.results;
}
