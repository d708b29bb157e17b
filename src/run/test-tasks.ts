import { leadingColumns } from '../data-test/key-columns.ts';
import { personalColumns } from '../data-test/masked-rows.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ExecuteInput, Execution } from './execution.ts';
import type { Fusion } from './fusion.ts';
import { gatedBy } from './gated-by.ts';
import type { TestStep } from './plan.ts';
import { readsAsPlanned } from './reads-as-planned.ts';
import { type FusedCount, runFusion } from './run-fusion.ts';
import type { RunResult } from './run-result.ts';
import { runTest } from './run-test.ts';
import type { TaskOutcome } from './schedule.ts';
import type { SourceWatch } from './source-watch.ts';
import { failuresKept } from './store-failures.ts';
import type { TaskAttempts, TaskResult } from './task-attempt.ts';
import type { TaskEnds } from './task-ends.ts';

/** What the tests of a run share with its nodes. */
interface TestSurroundings {
  readonly execution: Execution;
  readonly sources: SourceWatch;
  readonly attempts: TaskAttempts;
  readonly ends: TaskEnds;
  /** The relation that stands for a node or source in this run. */
  readonly relationOf: (uniqueId: string) => Relation;
  readonly sessionOf: (id: string, thread: number) => Promise<Session>;
  /** Says which of the nodes that something reads were not built, and are read as they are published. */
  readonly overStandIns: (reads: readonly string[]) => Pick<RunResult, 'message'>;
}

/** The data tests of a run as its tasks: each tells what is known of it, what a shared query found, or what it asks itself. */
export class TestTasks {
  readonly #input: ExecuteInput;
  readonly #around: TestSurroundings;
  /** What shared queries told, by the unique id of the test. */
  readonly #fused = new Map<string, FusedCount>();

  constructor(input: ExecuteInput, around: TestSurroundings) {
    this.#input = input;
    this.#around = around;
  }

  /** Cannot fail: tests of which the shared query tells nothing ask for themselves. */
  async performFusion(fusion: Fusion, thread: number): Promise<TaskOutcome> {
    const { run } = this.#input;
    const { relationOf, sessionOf, attempts } = this.#around;
    const session = await sessionOf(fusion.tested, thread);
    const { dialect } = run.warehouse;
    const context = { session, dialect, relationOf, clock: run.clock, signal: attempts.stop };
    for (const [test, count] of await runFusion(fusion, context)) this.#fused.set(test, count);
    return 'succeeded';
  }

  async perform(id: string, thread: number): Promise<TaskOutcome> {
    const step = this.#stepOf(id);
    const { run, plan } = this.#input;
    const { execution, ends, attempts } = this.#around;
    if (step.known !== undefined && readsAsPlanned(step, plan, execution)) {
      ends.knownBefore(id, step.known);
      return 'succeeded';
    }
    if (gatedBy(run.dag.manifest, plan, id).every((gated) => execution.standIns.has(gated))) {
      ends.neverStarted(id, 'skipped', 'What it tests could not be built.');
      return 'failed';
    }
    const fused = this.#fused.get(id);
    const work = async () => this.#run(step, await this.#around.sessionOf(id, thread), fused);
    return attempts.attempt(id, thread, work, fused?.startedAt);
  }

  /** Runs a test once more, over what its sources hold by now; that they change again meanwhile is an error. */
  async repeat(id: string, thread: number): Promise<TaskOutcome> {
    const step = this.#stepOf(id);
    const { sessionOf, sources, attempts } = this.#around;
    return attempts.attempt(id, thread, async () => {
      const session = await sessionOf(id, thread);
      const result = await this.#run(step, session, undefined);
      if (result.status !== 'fail') await sources.refuseMoves(id, session);
      return result;
    });
  }

  async #run(step: TestStep, session: Session, fused: FusedCount | undefined): Promise<TaskResult> {
    const { run, sent } = this.#input;
    const { relationOf, attempts, overStandIns } = this.#around;
    const { node, reads } = step.compiled;
    const context = {
      session,
      dialect: run.warehouse.dialect,
      relationOf,
      sent,
      samples: run.options.samples,
      personal: personalColumns(run.dag, node.uniqueId),
      leading: () => leadingColumns(run.dag.manifest, node),
      signal: attempts.stop,
      ...failuresKept(run, node),
    };
    const { verdict, failures, sample, stored } = await runTest(step, context, fused);
    const over = overStandIns(reads);
    return { status: verdict, ...over, ...stored, failures, ...(sample !== undefined && { sample }) };
  }

  #stepOf(id: string): TestStep {
    const step = this.#input.plan.tests.get(id);
    if (step === undefined) throw new Error(`This is a bug: "${id}" is not planned.`);
    return step;
  }
}
