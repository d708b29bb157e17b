import type { Relation } from '../dialect/relation.ts';
import type { BuildableNode, Node } from '../manifest/node.ts';
import type { Version } from '../store/version.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type BuildContext, buildNode } from './build-node.ts';
import type { ExecuteInput, Execution } from './execution.ts';
import type { UnitTestStep } from './plan.ts';
import { refuseLosingViews } from './published-entry.ts';
import type { RunResult } from './run-result.ts';
import { schedule, type TaskOutcome } from './schedule.ts';
import { SourceWatch } from './source-watch.ts';
import { StandIns } from './stand-in.ts';
import { TaskAttempts } from './task-attempt.ts';
import { TaskEnds } from './task-ends.ts';
import { orderTasks } from './task-order.ts';
import { TestTasks } from './test-tasks.ts';
import { testsToRepeat } from './tests-to-repeat.ts';

/** Builds, reuses and tests the nodes of a plan, on as many threads as the run has; publishes nothing. */
export async function executePlan(input: ExecuteInput): Promise<Execution> {
  const execution = new RunningPlan(input);
  const { threads, failFast } = input.run.options;
  const tasks = orderTasks(input.plan, input.state.durations);
  await schedule(
    tasks,
    { threads, failFast, signal: input.run.signal },
    {
      perform: (id, thread) => execution.perform(id, thread),
      skip: (id, because) => execution.skip(id, because),
    },
  );
  await execution.repeatTests();
  for (const [id, view] of input.plan.leftOut) execution.leaveOut(id, view);
  return execution;
}

class RunningPlan implements Execution {
  readonly results: readonly RunResult[];
  readonly versions = new Map<string, Version>();
  readonly standIns: ReadonlyMap<string, Relation>;
  readonly moved: ReadonlySet<string>;
  readonly #input: ExecuteInput;
  readonly #inPlace: StandIns;
  readonly #sources: SourceWatch;
  readonly #ends: TaskEnds;
  readonly #attempts: TaskAttempts;
  readonly #tests: TestTasks;

  constructor(input: ExecuteInput) {
    this.#input = input;
    this.#ends = new TaskEnds(input.run);
    this.results = this.#ends.results;
    this.#inPlace = new StandIns(input, this.versions);
    this.standIns = this.#inPlace.relations;
    this.#sources = new SourceWatch(input, (source, key) => this.#inPlace.moved(source, key));
    this.moved = this.#sources.moved;
    const { pool, bench } = input;
    this.#attempts = new TaskAttempts(input.run, this.#ends, async () => {
      await Promise.all([pool.cancelAll(), bench.cancelAll()]);
    });
    this.#tests = new TestTasks(input, {
      execution: this,
      sources: this.#sources,
      attempts: this.#attempts,
      ends: this.#ends,
      relationOf: (uniqueId) => this.#relationOf(uniqueId),
      sessionOf: (id, thread) => this.#sessionOf(id, thread),
      overStandIns: (reads) => this.#overStandIns(reads),
    });
  }

  perform(id: string, thread: number): Promise<TaskOutcome> {
    const { nodes, fusions, unitTests } = this.#input.plan;
    const fusion = fusions.get(id);
    const unitTest = unitTests.get(id);
    if (fusion !== undefined) return this.#tests.performFusion(fusion, thread);
    if (unitTest !== undefined) return this.#performUnitTest(unitTest, thread);
    return nodes.has(id) ? this.#performNode(id, thread) : this.#tests.perform(id, thread);
  }

  skip(id: string, because: string | undefined): void {
    if (this.#input.plan.fusions.has(id)) return;
    const stopped = because === undefined;
    const message = stopped ? 'The run was stopped.' : `"${this.#nodeOf(because).name}" did not succeed.`;
    this.#ends.neverStarted(id, stopped && this.#input.run.signal.aborted ? 'cancelled' : 'skipped', message);
  }

  leaveOut(id: string, view: Node): void {
    this.#ends.neverStarted(
      id,
      'skipped',
      `The live view "${view.name}" is not published; model build tests it.`,
    );
  }

  /** Tests the rows that sources have by now, before what was made of them is published. */
  async repeatTests(): Promise<void> {
    const { run } = this.#input;
    const tests = testsToRepeat(this.#input, this);
    if (tests.length === 0 || run.signal.aborted) return;
    const isStopped = this.#attempts.stop.aborted;
    this.#tellOfMoves(isStopped ? 'Stopped before testing again, though' : 'Testing again, for');
    if (isStopped) {
      for (const id of tests) this.skip(id, undefined);
      return;
    }
    const { threads, failFast } = run.options;
    await schedule(
      tests.map((id) => ({ id, after: [], weight: 1 })),
      { threads, failFast, signal: run.signal },
      {
        perform: (id, thread) => this.#tests.repeat(id, thread),
        skip: (id) => this.skip(id, undefined),
      },
    );
  }

  #tellOfMoves(what: string): void {
    const { run } = this.#input;
    const names = [...this.moved].map((source) => `"${this.#nodeOf(source).name}"`).join(', ');
    const message = `${what} others changed it while the run was at work: ${names}.`;
    run.tell({ kind: 'stage-note', at: run.clock(), message });
  }

  async #performNode(id: string, thread: number): Promise<TaskOutcome> {
    const step = this.#inPlace.stepOf(id);
    if (step === undefined) throw new Error(`This is a bug: "${id}" is not planned.`);
    const over = this.#overStandIns(step.compiled?.reads ?? []);
    const startedAt = this.#input.run.clock();
    if (step.kind === 'reuse') {
      this.versions.set(id, step.version);
      this.#ends.finished(id, { status: 'reused', ...over, startedAt, finishedAt: startedAt, thread: 0 });
      return 'succeeded';
    }
    const outcome = await this.#attempts.attempt(id, thread, async () => {
      const context = await this.#buildContext(id, thread);
      const { version, rows, reused } = await this.#sources.whileMoving(
        id,
        context.session,
        async (check) => {
          const now = this.#inPlace.stepOf(id) ?? step;
          if (now.kind === 'build') return buildNode(now, { ...context, check });
          return { version: now.version, rows: undefined, reused: true };
        },
      );
      refuseLosingViews(this.#input, step.node, version);
      this.versions.set(id, version);
      return { status: reused ? 'reused' : 'success', ...over, ...(rows !== undefined && { rows }) };
    });
    return outcome === 'failed' && this.#goesOnWithout(step.node) ? 'succeeded' : outcome;
  }

  /** Whether others go on over what is published of a node that could not be built. */
  #goesOnWithout({ uniqueId, name }: BuildableNode): boolean {
    const { plan, run } = this.#input;
    if (!plan.continuing.has(uniqueId) || this.#attempts.stop.aborted) return false;
    const goesOn = this.#inPlace.use(uniqueId);
    const message = goesOn
      ? `"${name}" could not be built; what reads it goes on over the "${name}" that is published.`
      : `"${name}" could not be built and was never published, so what reads it is skipped.`;
    run.tell({ kind: 'stage-note', at: run.clock(), message });
    return goesOn;
  }

  #overStandIns(reads: readonly string[]): Pick<RunResult, 'message'> {
    const names = reads
      .filter((read) => this.standIns.has(read))
      .map((read) => `"${this.#nodeOf(read).name}"`);
    return names.length === 0 ? {} : { message: `It reads ${names.join(' and ')} as published before.` };
  }

  async #performUnitTest({ compiled, known }: UnitTestStep, thread: number): Promise<TaskOutcome> {
    const { uniqueId } = compiled.node;
    if (!known)
      return this.#attempts.attempt(uniqueId, thread, () => this.#input.bench.run(uniqueId, thread));
    this.#ends.knownBefore(uniqueId, { verdict: 'pass', failures: 0 });
    return 'succeeded';
  }

  async #buildContext(id: string, thread: number): Promise<Omit<BuildContext, 'check'>> {
    const { run, store, live, seedRows, sent } = this.#input;
    return {
      session: await this.#sessionOf(id, thread),
      dialect: run.warehouse.dialect,
      store,
      run: run.identity,
      live: live.has(id),
      signal: this.#attempts.stop,
      relationOf: (uniqueId) => this.#relationOf(uniqueId),
      isVersion: (uniqueId) => this.#nodeOf(uniqueId).resourceType !== 'source',
      seedRows,
      sent,
    };
  }

  async #sessionOf(id: string, thread: number): Promise<Session> {
    const { pool, run } = this.#input;
    const session = await pool.of(thread);
    session.label({ run: run.identity.runId, node: id });
    return session;
  }

  #relationOf(uniqueId: string): Relation {
    const relation = this.#inPlace.relationOf(uniqueId);
    if (relation === undefined) throw new Error(`This is a bug: "${uniqueId}" was read before it was built.`);
    return relation;
  }

  #nodeOf(uniqueId: string): Node {
    const node = this.#input.run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: the manifest has no "${uniqueId}".`);
    return node;
  }
}
