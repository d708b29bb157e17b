import type { Relation } from '../dialect/relation.ts';
import type { Version } from '../store/version.ts';
import type { BuildContext } from './build-node.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-run.ts';
import type { RunResult } from './run-result.ts';
import type { SessionPool } from './session-pool.ts';
import type { UnitTestBench } from './unit-test-bench.ts';

/** What became of a plan's nodes and tests; `versions` holds those that were built or reused. */
export interface Execution {
  readonly results: readonly RunResult[];
  readonly versions: ReadonlyMap<string, Version>;
  /** What is published of nodes that could not be built, where others went on over that. */
  readonly standIns: ReadonlyMap<string, Relation>;
  /** Unique ids of sources that others were seen to change while the run was at work. */
  readonly moved: ReadonlySet<string>;
}

/** A run whose plan was executed, with what it was planned from. */
export interface ExecutedRun extends PlanInput {
  readonly plan: Plan;
  readonly execution: Execution;
}

/** What executing a plan needs beside it and what it was planned from. */
export interface ExecuteInput extends PlanInput {
  readonly plan: Plan;
  readonly pool: SessionPool;
  readonly bench: UnitTestBench;
  readonly store: string;
  readonly seedRows: BuildContext['seedRows'];
  /** Shown what is sent for a node, for `target/run/`. */
  readonly sent: BuildContext['sent'];
}
