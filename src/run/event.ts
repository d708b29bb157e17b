import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Node } from '../manifest/node.ts';
import type { RunResult } from './run-result.ts';
import type { RunSummary } from './run-summary.ts';

/** What is done with a node: its rows are generated or loaded, its relation is built, its data are tested. */
export type Activity = 'generate' | 'load' | 'check' | 'build' | 'test';

/** What a run does with a node that it builds or tests. */
export function activityOf({ resourceType }: Pick<Node, 'resourceType'>): 'build' | 'test' {
  return resourceType === 'test' || resourceType === 'unit_test' ? 'test' : 'build';
}

/** The node that an event tells about. */
interface OfNode {
  readonly uniqueId: string;
  readonly name: string;
  readonly resourceType: Node['resourceType'];
  readonly activity: Activity;
}

/** An event is what a run tells while it goes; every event knows when it happened. */
export type RunEvent = { readonly at: Date } & (
  | RunStarted
  | StageNote
  | NodeStarted
  | NodeProgress
  | NodeFinished
  | PublishStarted
  | PublishFinished
  | Warning
  | RunFinished
);

export interface RunStarted {
  readonly kind: 'run-started';
  readonly runId: string;
  /** The command's name: `build`. */
  readonly command: string;
  readonly target: string;
  readonly environment: string;
  readonly threads: number;
  /** How many nodes the run is going to finish, reused and tested ones included. */
  readonly nodes: number;
}

/** A sentence about what the run is at: `Compiled 19 models.` */
export interface StageNote {
  readonly kind: 'stage-note';
  readonly message: string;
}

export interface NodeStarted extends OfNode {
  readonly kind: 'node-started';
  readonly thread: number;
}

/** How far a node is that is generated or loaded; told at most a few times a second. */
export interface NodeProgress extends OfNode {
  readonly kind: 'node-progress';
  readonly rowsDone: number;
  /** Missing where nobody knows. */
  readonly rowsTotal?: number;
  readonly rowsPerSecond: number;
}

/** A node ended; also told, without a start, for nodes that are reused or skipped. */
export interface NodeFinished {
  readonly kind: 'node-finished';
  readonly activity: Activity;
  readonly result: RunResult;
}

export interface PublishStarted {
  readonly kind: 'publish-started';
  /** Names of the nodes that are about to be published. */
  readonly names: readonly string[];
}

export interface PublishFinished {
  readonly kind: 'publish-finished';
  /** Names of the nodes whose publication changed. */
  readonly published: readonly string[];
  /** The environment's sequence number after the publish. */
  readonly sequence: number;
}

export interface Warning {
  readonly kind: 'warning';
  readonly diagnostic: Diagnostic;
}

export interface RunFinished {
  readonly kind: 'run-finished';
  readonly summary: RunSummary;
}

/** Takes the events of a run, in order. */
export type Tell = (event: RunEvent) => void;
