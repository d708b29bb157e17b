import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule, type Task, type TaskOutcome } from '../../src/run/schedule.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function play(
  tasks: readonly Task[],
  outcomes: Readonly<Record<string, TaskOutcome>> = {},
  options: { threads?: number; failFast?: boolean; signal?: AbortSignal } = {},
) {
  const started: string[] = [];
  const finished: string[] = [];
  const skipped: [string, string | undefined][] = [];
  let running = 0;
  let most = 0;
  await schedule(
    tasks,
    {
      threads: options.threads ?? 2,
      failFast: options.failFast ?? false,
      signal: options.signal ?? new AbortController().signal,
    },
    {
      perform: async (id) => {
        started.push(id);
        running += 1;
        most = Math.max(most, running);
        await pause(0);
        running -= 1;
        finished.push(id);
        return outcomes[id] ?? 'succeeded';
      },
      skip: (id, because) => skipped.push([id, because]),
    },
  );
  return { started, finished, skipped, most };
}

const task = (id: string, after: readonly string[] = [], weight = 1): Task => ({ id, after, weight });

/** The order on one thread, as it is defined: the ready tasks are a list, and the first of the longest path is taken. */
function plainOrder(tasks: readonly Task[]): string[] {
  const followersOf = (id: string) => tasks.filter(({ after }) => after.includes(id));
  const path = (one: Task): number => one.weight + Math.max(0, ...followersOf(one.id).map(path));
  const order: string[] = [];
  const isFree = ({ after }: Task) => after.every((id) => order.includes(id));
  const ready = tasks.filter(isFree);
  while (ready.length > 0) {
    const longest = Math.max(...ready.map(path));
    const [next] = ready.splice(
      ready.findIndex((one) => path(one) === longest),
      1,
    );
    if (next === undefined) break;
    order.push(next.id);
    ready.push(...followersOf(next.id).filter(isFree));
  }
  return order;
}

async function cpuOf(tasks: readonly Task[]): Promise<number> {
  const before = process.cpuUsage();
  await schedule(
    tasks,
    { threads: 4, failFast: false, signal: new AbortController().signal },
    { perform: async () => 'succeeded', skip: () => undefined },
  );
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const randomTasks = fc
  .array(fc.tuple(fc.array(fc.nat(30), { maxLength: 4 }), fc.nat(5)), { minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows.map(([after, weight], i) => task(`t${i}`, i === 0 ? [] : after.map((a) => `t${a % i}`), weight)),
  );

describe('the scheduler', () => {
  it('starts the task on the longest remaining path first', async () => {
    const { started } = await play(
      [task('leaf'), task('root'), task('end', ['root'], 5)],
      {},
      { threads: 1 },
    );
    expect(started).toEqual(['root', 'end', 'leaf']);
  });

  it('starts the ready task of the longest remaining path, and of equal ones the one that was ready first', async () => {
    await fc.assert(
      fc.asyncProperty(randomTasks, async (tasks) => {
        const { started } = await play(tasks, {}, { threads: 1 });
        expect(started).toEqual(plainOrder(tasks));
      }),
      { numRuns: 60 },
    );
  });

  it('walks a chain of ten thousand tasks without recursion, written in either direction', async () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => task(`t${n}`, n === 0 ? [] : [`t${n - 1}`]));
    const done: string[] = [];
    const perform = async (id: string): Promise<TaskOutcome> => {
      done.push(id);
      return 'succeeded';
    };
    const options = { threads: 2, failFast: false, signal: new AbortController().signal };
    await schedule(chain, options, { perform, skip: () => undefined });
    await schedule(chain.toReversed(), options, { perform, skip: () => undefined });
    const ids = chain.map(({ id }) => id);
    expect(done).toEqual([...ids, ...ids]);
  });

  it('takes eight times as long for eight times the tasks, not sixty-four times', async () => {
    const hub = (size: number) => [
      task('hub'),
      ...Array.from({ length: size }, (_, n) => task(`t${n}`, ['hub'])),
    ];
    const small = hub(3_000);
    const large = hub(24_000);
    const ratios: number[] = [];
    await cpuOf(small);
    for (let round = 0; round < 3; round++) ratios.push((await cpuOf(large)) / (await cpuOf(small)));
    expect(Math.min(...ratios)).toBeLessThan(24);
  });

  it('skips everything after a failed task, naming it, and goes on with the rest', async () => {
    const tasks = [task('a'), task('b', ['a']), task('c', ['b']), task('d')];
    const { started, skipped } = await play(tasks, { a: 'failed' });
    expect(started.sort()).toEqual(['a', 'd']);
    expect(skipped.sort()).toEqual([
      ['b', 'a'],
      ['c', 'a'],
    ]);
  });

  it('starts nothing more after a failure when asked to fail fast', async () => {
    const { started, skipped } = await play(
      [task('a', [], 9), task('b'), task('c')],
      { a: 'failed' },
      { threads: 1, failFast: true },
    );
    expect(started).toEqual(['a']);
    expect(skipped).toEqual([
      ['b', undefined],
      ['c', undefined],
    ]);
  });

  it('ends with what a task throws, which is a bug, and leaves no thread waiting', async () => {
    const started: string[] = [];
    const running = schedule(
      [task('a'), task('b', ['a']), task('c', ['a'])],
      { threads: 3, failFast: false, signal: new AbortController().signal },
      {
        perform: async (id) => {
          started.push(id);
          await pause(0);
          throw new Error('This is a bug.');
        },
        skip: () => undefined,
      },
    );
    await expect(running).rejects.toThrow('This is a bug.');
    expect(started).toEqual(['a']);
  });

  it('starts nothing once the run is cancelled', async () => {
    const { started, skipped } = await play([task('a')], {}, { signal: AbortSignal.abort() });
    expect(started).toEqual([]);
    expect(skipped).toEqual([['a', undefined]]);
  });

  it('performs or skips every task exactly once, in dependency order, on no more threads than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomTasks,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(30)),
        async (tasks, threads, bad) => {
          const outcomes = Object.fromEntries(bad.map((i) => [`t${i}`, 'failed' as const]));
          const { started, finished, skipped, most } = await play(tasks, outcomes, { threads });
          expect(most).toBeLessThanOrEqual(threads);
          expect([...started, ...skipped.map(([id]) => id)].sort()).toEqual(tasks.map((t) => t.id).sort());
          for (const { id, after } of tasks.filter((t) => started.includes(t.id))) {
            for (const before of after) {
              expect(outcomes[before]).toBeUndefined();
              expect(finished.indexOf(before)).toBeLessThan(finished.indexOf(id));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
