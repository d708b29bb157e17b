import { addTo } from '../diagnostic/lists-by-key.ts';
import { PriorityQueue } from './priority-queue.ts';

/** A unit of work of a run: a node to build, or a test. */
export interface Task {
  readonly id: string;
  /** Ids of tasks that must have succeeded before; ids that are not tasks of this run are taken as done. */
  readonly after: readonly string[];
  /** Expected duration in any one unit; tasks on the longest remaining path start first. */
  readonly weight: number;
}

/** How a task ended: `failed` skips everything after it. */
export type TaskOutcome = 'succeeded' | 'failed';

export interface ScheduleOptions {
  readonly threads: number;
  /** Start nothing more once a task has failed. */
  readonly failFast: boolean;
  /** Start nothing more once it is aborted. */
  readonly signal: AbortSignal;
}

export interface ScheduleCallbacks {
  /** Does the work; `thread` counts from 0. It must not throw for a failure of the task itself. */
  readonly perform: (id: string, thread: number) => Promise<TaskOutcome>;
  /** Told for each task that never starts; `because` is the failed task that it came after, undefined when the run was stopped. */
  readonly skip: (id: string, because: string | undefined) => void;
}

/**
 * Runs tasks in dependency order on a bounded number of threads, longest remaining path first.
 * Resolves when every task has been performed or skipped.
 */
export async function schedule(
  tasks: readonly Task[],
  options: ScheduleOptions,
  { perform, skip }: ScheduleCallbacks,
): Promise<void> {
  const agenda = new Agenda(tasks);
  let stopped = false;

  const worker = async (thread: number): Promise<void> => {
    for (;;) {
      if (stopped || options.signal.aborted) return;
      const task = agenda.take();
      if (task === undefined) {
        if (agenda.isIdle()) return;
        await agenda.changed();
        continue;
      }
      const outcome = await performed(task, thread);
      if (outcome === 'failed' && options.failFast) stopped = true;
      for (const skipped of agenda.finish(task, outcome)) skip(skipped, task);
    }
  };
  /** What is thrown is a bug: nothing more starts, and nobody waits for the task. */
  const performed = async (task: string, thread: number): Promise<TaskOutcome> => {
    try {
      return await perform(task, thread);
    } catch (error) {
      stopped = true;
      agenda.finish(task, 'failed');
      throw error;
    }
  };

  const workers = Array.from({ length: Math.max(1, options.threads) }, (_, thread) => worker(thread));
  try {
    await Promise.all(workers);
  } finally {
    await Promise.allSettled(workers);
  }
  for (const id of agenda.remaining()) skip(id, undefined);
}

/** The state of a schedule: what waits for what, what is ready, what runs. */
class Agenda {
  readonly #followers = new Map<string, string[]>();
  readonly #missing = new Map<string, number>();
  readonly #priority: ReadonlyMap<string, number>;
  readonly #waiting: Set<string>;
  readonly #ready = new PriorityQueue<string>((id) => this.#priority.get(id) ?? 0);
  #running = 0;
  #wake: (() => void)[] = [];

  constructor(tasks: readonly Task[]) {
    this.#waiting = new Set(tasks.map((task) => task.id));
    for (const task of tasks) {
      const inRun = new Set(task.after.filter((id) => this.#waiting.has(id)));
      this.#missing.set(task.id, inRun.size);
      for (const id of inRun) addTo(this.#followers, id, task.id);
    }
    this.#priority = remainingPaths(tasks, this.#followers);
    for (const task of tasks) if (this.#missing.get(task.id) === 0) this.#ready.add(task.id);
  }

  take(): string | undefined {
    const task = this.#ready.take();
    if (task === undefined) return undefined;
    this.#waiting.delete(task);
    this.#running += 1;
    return task;
  }

  /** Frees or skips the followers of a finished task; gives the ids that are skipped. */
  finish(task: string, outcome: TaskOutcome): readonly string[] {
    this.#running -= 1;
    const skipped = outcome === 'failed' ? this.#dropFollowers(task) : [];
    if (outcome === 'succeeded') this.#freeFollowers(task);
    for (const wake of this.#wake.splice(0)) wake();
    return skipped;
  }

  isIdle(): boolean {
    return this.#running === 0 && this.#ready.size === 0;
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  remaining(): readonly string[] {
    return [...this.#waiting];
  }

  #freeFollowers(task: string): void {
    for (const follower of this.#followers.get(task) ?? []) {
      const missing = (this.#missing.get(follower) ?? 0) - 1;
      this.#missing.set(follower, missing);
      if (missing === 0 && this.#waiting.has(follower)) this.#ready.add(follower);
    }
  }

  #dropFollowers(task: string): string[] {
    const dropped: string[] = [];
    const queue = [...(this.#followers.get(task) ?? [])];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (!this.#waiting.delete(id)) continue;
      dropped.push(id);
      queue.push(...(this.#followers.get(id) ?? []));
    }
    return dropped;
  }
}

/** For each task its own weight and the heaviest chain of followers. */
function remainingPaths(
  tasks: readonly Task[],
  followers: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const weights = new Map(tasks.map((task) => [task.id, task.weight]));
  const paths = new Map<string, number>();
  const pending = tasks.map((task) => task.id);
  while (pending.length > 0) {
    const id = pending[pending.length - 1] as string;
    const next = followers.get(id) ?? [];
    const unknown = next.filter((follower) => !paths.has(follower));
    if (unknown.length > 0 && !paths.has(id)) {
      pending.push(...unknown);
      continue;
    }
    pending.pop();
    const longest = next.reduce((most, follower) => Math.max(most, paths.get(follower) ?? 0), 0);
    paths.set(id, (weights.get(id) ?? 0) + longest);
  }
  return paths;
}
