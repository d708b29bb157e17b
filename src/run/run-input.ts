import type { Report } from '../diagnostic/diagnostic.ts';
import type { RunIdentity } from '../store/run-record.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { CompiledProject } from './compiled-project.ts';
import type { Tell } from './event.ts';

/** What a run does with its nodes. */
export interface RunOptions {
  /** As recorded in `_run` and shown: `build`. */
  readonly command: string;
  /** Build models and static seeds, and publish them. */
  readonly builds: boolean;
  /** Run tests; with `builds`, unit tests before their model and data tests before what they test is published. */
  readonly tests: boolean;
  readonly threads: number;
  readonly failFast: boolean;
  /** Build every selected node anew, although a version of it may be there. */
  readonly fullRefresh: boolean;
  /** Publish what passed, or all or nothing. */
  readonly publish: 'passed' | 'all';
  /** Publish live views too. */
  readonly publishLive: boolean;
  /** Names of nodes that may take over a relation that modelwright did not make. */
  readonly adopt: ReadonlySet<string>;
  /** Rebuild a sample of what would be reused, and compare. */
  readonly verifyReuse: boolean;
  /** How long to wait for a warehouse that another process holds, in seconds. */
  readonly waitSeconds: number;
  /** Fetch first rows of failing tests. */
  readonly samples: boolean;
  /** Keep all failing rows of tests that do not say otherwise. */
  readonly storeFailures?: boolean;
  /** Run tests whose verdict on the same data is remembered too. */
  readonly ignoreVerdicts?: boolean;
}

/** What a run works on, and whom it tells. */
export interface RunInput extends Omit<CompiledProject, 'dialect'> {
  readonly warehouse: Warehouse;
  readonly identity: RunIdentity;
  readonly gitCommit: string | null;
  readonly options: RunOptions;
  readonly tell: Tell;
  readonly warn: Report;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly clock: () => Date;
}

/** A run before it has a warehouse. */
export type RunPreparation = Omit<RunInput, 'warehouse' | 'gitCommit'>;
