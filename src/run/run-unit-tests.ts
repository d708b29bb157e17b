import type { RunOutcome, RunPreparation } from './run.ts';
import { schedule } from './schedule.ts';
import { TaskAttempts } from './task-attempt.ts';
import { TaskEnds } from './task-ends.ts';
import { withUnitTestBench } from './unit-test-bench.ts';

/** Runs unit tests by themselves, without the target's warehouse; every one of them, as there is nowhere to remember how they ended. */
export async function runUnitTests(input: RunPreparation): Promise<RunOutcome> {
  const { unitTests, options, signal } = input;
  const { threads, failFast } = options;
  const ends = new TaskEnds(input);
  const tasks = [...unitTests.keys()].map((id) => ({ id, after: [], weight: 1 }));
  await withUnitTestBench(input, [...unitTests.values()], (bench) => {
    const attempts = new TaskAttempts(input, ends, () => bench.cancelAll());
    const perform = (id: string, thread: number) => attempts.attempt(id, thread, () => bench.run(id, thread));
    const skip = (id: string) =>
      ends.neverStarted(id, signal.aborted ? 'cancelled' : 'skipped', 'The run was stopped.');
    return schedule(tasks, { threads, failFast, signal }, { perform, skip });
  });
  return { results: ends.results, published: [], sent: new Map() };
}
