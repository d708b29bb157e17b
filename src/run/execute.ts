import { compiledPath } from '../compile/compiled-path.ts';
import { personalColumns } from '../data-test/masked-rows.ts';
import { diskFull, unexpectedFailure } from '../diagnostic/catalogue/run.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Node } from '../manifest/node.ts';
import type { Version } from '../store/version.ts';
import { withRetries } from '../warehouse/retry.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { type BuildContext, buildNode } from './build-node.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import type { RunInput } from './run-input.ts';
import type { RunResult, RunStatus } from './run-result.ts';
import { runTest } from './run-test.ts';
import { schedule, type TaskOutcome } from './schedule.ts';
import type { SessionPool } from './session-pool.ts';
import { orderTasks } from './task-order.ts';

/** What executing a plan needs beside it. */
export interface ExecuteInput {
  readonly run: RunInput;
  readonly plan: Plan;
  readonly pool: SessionPool;
  readonly store: string;
  readonly live: ReadonlySet<string>;
  readonly durations: ReadonlyMap<string, number>;
  readonly seedRows: BuildContext['seedRows'];
  /** Shown what is sent for a node, for `target/run/`. */
  readonly sent: BuildContext['sent'];
}

/** What became of a plan's nodes and tests; `versions` holds those that were built or reused. */
export interface Execution {
  readonly results: readonly RunResult[];
  readonly versions: ReadonlyMap<string, Version>;
}

/** A run whose plan was executed, with what it was planned from. */
export interface ExecutedRun extends PlanInput {
  readonly plan: Plan;
  readonly execution: Execution;
}

/** Builds, reuses and tests the nodes of a plan, on as many threads as the run has; publishes nothing. */
export async function executePlan(input: ExecuteInput): Promise<Execution> {
  const execution = new RunningPlan(input);
  const { threads, failFast } = input.run.options;
  const tasks = orderTasks(input.plan, input.durations);
  await schedule(
    tasks,
    { threads, failFast, signal: input.run.signal },
    {
      perform: (id, thread) => execution.perform(id, thread),
      skip: (id, because) => execution.skip(id, because),
    },
  );
  for (const [id, view] of input.plan.leftOut) execution.leaveOut(id, view);
  return execution;
}

class RunningPlan implements Execution {
  readonly results: RunResult[] = [];
  readonly versions = new Map<string, Version>();
  readonly #input: ExecuteInput;
  readonly #firstFailure = new AbortController();
  /** Aborted by Ctrl-C, and with `--fail-fast` by the first failure: nothing more is sent then. */
  readonly #stop: AbortSignal;

  constructor(input: ExecuteInput) {
    this.#input = input;
    this.#stop = AbortSignal.any([input.run.signal, this.#firstFailure.signal]);
  }

  perform(id: string, thread: number): Promise<TaskOutcome> {
    return this.#input.plan.nodes.has(id) ? this.#performNode(id, thread) : this.#performTest(id, thread);
  }

  skip(id: string, because: string | undefined): void {
    const stopped = because === undefined;
    const message = stopped ? 'The run was stopped.' : `"${this.#nodeOf(because).name}" did not succeed.`;
    this.#neverStart(id, stopped && this.#input.run.signal.aborted ? 'cancelled' : 'skipped', message);
  }

  leaveOut(id: string, view: Node): void {
    this.#neverStart(id, 'skipped', `The live view "${view.name}" is not published; model build tests it.`);
  }

  #neverStart(id: string, status: RunStatus, message: string): void {
    const now = this.#input.run.clock();
    this.#finish(id, { status, message, startedAt: now, finishedAt: now, thread: 0 });
  }

  async #performNode(id: string, thread: number): Promise<TaskOutcome> {
    const step = this.#input.plan.nodes.get(id);
    if (step === undefined) throw new Error(`This is a bug: "${id}" is not planned.`);
    const startedAt = this.#input.run.clock();
    if (step.kind === 'reuse') {
      this.versions.set(id, step.version);
      this.#finish(id, { status: 'reused', startedAt, finishedAt: startedAt, thread: 0 });
      return 'succeeded';
    }
    return this.#attempt(id, thread, async () => {
      const { version, rows, reused } = await buildNode(step, await this.#buildContext(id, thread));
      this.versions.set(id, version);
      return { status: reused ? 'reused' : 'success', ...(rows !== undefined && { rows }) };
    });
  }

  async #performTest(id: string, thread: number): Promise<TaskOutcome> {
    const step = this.#input.plan.tests.get(id);
    if (step === undefined) throw new Error(`This is a bug: "${id}" is not planned.`);
    const startedAt = this.#input.run.clock();
    if (step.known !== undefined) {
      this.#finish(id, {
        status: step.known.verdict,
        cached: true,
        failures: step.known.failures,
        startedAt,
        finishedAt: startedAt,
        thread: 0,
      });
      return 'succeeded';
    }
    return this.#attempt(id, thread, async () => {
      const { run, sent } = this.#input;
      const session = await this.#sessionOf(id, thread);
      const { dialect } = run.warehouse;
      const relationOf = (uniqueId: string) => this.#relationOf(uniqueId);
      const { samples } = run.options;
      const personal = personalColumns(run.dag, id);
      const context = { session, dialect, relationOf, sent, samples, personal, signal: this.#stop };
      const { verdict, failures, sample } = await runTest(step, context);
      return { status: verdict, failures, ...(sample !== undefined && { sample }) };
    });
  }

  /** Does a task's work, and turns how it ended into a result. */
  async #attempt(
    id: string,
    thread: number,
    work: () => Promise<Pick<RunResult, 'status' | 'rows' | 'failures' | 'sample'>>,
  ): Promise<TaskOutcome> {
    const { run } = this.#input;
    const startedAt = run.clock();
    const { uniqueId, name, resourceType } = this.#nodeOf(id);
    const activity = resourceType === 'test' ? 'test' : 'build';
    run.tell({
      kind: 'node-started',
      at: startedAt,
      uniqueId,
      name,
      resourceType,
      activity,
      thread: thread + 1,
    });
    const end = await withRetries(run.signal, work).catch((error: unknown) => this.#endOf(id, error));
    this.#finish(id, { ...end, startedAt, finishedAt: run.clock(), thread: thread + 1 });
    if (succeeded(end.status)) return 'succeeded';
    if (run.options.failFast) await this.#stopOthers();
    return 'failed';
  }

  async #stopOthers(): Promise<void> {
    this.#firstFailure.abort();
    await this.#input.pool.cancelAll();
  }

  #endOf(id: string, error: unknown): Pick<RunResult, 'status' | 'message' | 'diagnostic'> {
    const isCancelled = error instanceof WarehouseError && error.kind === 'cancelled';
    const isStopped = this.#stop.aborted && error instanceof Error && error.name === 'AbortError';
    if (isCancelled || isStopped || this.#input.run.signal.aborted) return { status: 'cancelled' };
    const diagnostic = diagnose(this.#nodeOf(id), error);
    return { status: 'error', message: diagnostic.message, diagnostic };
  }

  #finish(id: string, end: Omit<RunResult, 'uniqueId' | 'name' | 'resourceType'>): void {
    const node = this.#nodeOf(id);
    const { manifest } = this.#input.run.dag;
    const isCompiled = node.resourceType === 'model' || node.resourceType === 'test';
    const result: RunResult = {
      uniqueId: id,
      name: node.name,
      resourceType: node.resourceType,
      ...('relation' in node && { relation: node.relation }),
      ...(isCompiled && { compiledPath: compiledPath(node, manifest) }),
      ...(node.resourceType === 'test' && this.#testDetails(node)),
      ...end,
    };
    this.results.push(result);
    const activity = node.resourceType === 'test' ? 'test' : 'build';
    this.#input.run.tell({ kind: 'node-finished', at: end.finishedAt, activity, result });
  }

  #testDetails(node: Extract<Node, { resourceType: 'test' }>): Pick<RunResult, 'attachedTo' | 'declaredAt'> {
    const attached = node.attachedTo === undefined ? undefined : this.#nodeOf(node.attachedTo).name;
    return { declaredAt: node.span, ...(attached !== undefined && { attachedTo: attached }) };
  }

  async #buildContext(id: string, thread: number): Promise<BuildContext> {
    const { run, store, live, seedRows, sent } = this.#input;
    return {
      session: await this.#sessionOf(id, thread),
      dialect: run.warehouse.dialect,
      store,
      run: run.identity,
      live: live.has(id),
      signal: this.#stop,
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
    const relation = this.versions.get(uniqueId)?.relation ?? this.#input.plan.given.get(uniqueId);
    if (relation === undefined) throw new Error(`This is a bug: "${uniqueId}" was read before it was built.`);
    return relation;
  }

  #nodeOf(uniqueId: string): Node {
    const node = this.#input.run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: the manifest has no "${uniqueId}".`);
    return node;
  }
}

function diagnose(node: Node, error: unknown): Diagnostic {
  if (error instanceof DiagnosticError && error.diagnostics[0] !== undefined) return error.diagnostics[0];
  if (error instanceof WarehouseError && error.kind === 'disk-full')
    return diskFull({ node, message: error.message });
  return unexpectedFailure({ node, message: error instanceof Error ? error.message : String(error) });
}

function succeeded(status: RunStatus): boolean {
  return status === 'success' || status === 'reused' || status === 'pass' || status === 'warn';
}
