import { withRetries } from '../warehouse/retry.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { activityOf } from './event.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';
import type { TaskOutcome } from './schedule.ts';
import { taskDiagnostic } from './task-diagnostic.ts';
import type { TaskEnds } from './task-ends.ts';

/** What a task's work finds out about its result. */
export type TaskResult = Pick<
  RunResult,
  'status' | 'message' | 'relation' | 'rows' | 'failures' | 'sample' | 'difference'
>;

/** Does the work of tasks: tells that it starts and how it ends, again where it failed for a reason that passes. */
export class TaskAttempts {
  /** Aborted by Ctrl-C, and with `--fail-fast` by the first failure: nothing more is sent then. */
  readonly stop: AbortSignal;
  readonly #run: Pick<RunInput, 'dag' | 'tell' | 'clock' | 'signal' | 'options'>;
  readonly #ends: TaskEnds;
  readonly #cancelOthers: () => Promise<void>;
  readonly #firstFailure = new AbortController();

  constructor(
    run: Pick<RunInput, 'dag' | 'tell' | 'clock' | 'signal' | 'options'>,
    ends: TaskEnds,
    cancelOthers: () => Promise<void>,
  ) {
    this.#run = run;
    this.#ends = ends;
    this.#cancelOthers = cancelOthers;
    this.stop = AbortSignal.any([run.signal, this.#firstFailure.signal]);
  }

  /** Does a task's work, and turns how it ended into a result. */
  async attempt(
    id: string,
    thread: number,
    work: () => Promise<TaskResult>,
    startedAt: Date = this.#run.clock(),
  ): Promise<TaskOutcome> {
    const { tell, clock, signal, options } = this.#run;
    const node = this.#nodeOf(id);
    const { uniqueId, name, resourceType } = node;
    const about = { uniqueId, name, resourceType, activity: activityOf(node), thread: thread + 1 };
    tell({ kind: 'node-started', at: startedAt, ...about });
    const end = await withRetries(signal, work).catch((error: unknown) => this.#endOf(id, error));
    this.#ends.finished(id, { ...end, startedAt, finishedAt: clock(), thread: thread + 1 });
    if (succeeded(end.status)) return 'succeeded';
    if (options.failFast) {
      this.#firstFailure.abort();
      await this.#cancelOthers();
    }
    return 'failed';
  }

  #endOf(id: string, error: unknown): Pick<RunResult, 'status' | 'message' | 'diagnostic'> {
    const isCancelled = error instanceof WarehouseError && error.kind === 'cancelled';
    const isStopped = this.stop.aborted && error instanceof Error && error.name === 'AbortError';
    if (isCancelled || isStopped || this.#run.signal.aborted) return { status: 'cancelled' };
    const diagnostic = taskDiagnostic(this.#nodeOf(id), error);
    return { status: 'error', message: diagnostic.message, diagnostic };
  }

  #nodeOf(uniqueId: string) {
    const node = this.#run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: the manifest has no "${uniqueId}".`);
    return node;
  }
}

function succeeded(status: RunStatus): boolean {
  return status === 'success' || status === 'reused' || status === 'pass' || status === 'warn';
}
