import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Node } from '../manifest/node.ts';
import type { Difference } from '../unit-test/difference.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';

/**
 * How a node ended. Models, seeds, generated seeds and loads: `success`, `reused` (nothing had to be done), `error`,
 * `superseded` (another run published it meanwhile). Tests: `pass`, `warn`, `fail`, `error` (the query itself failed).
 * All: `skipped` (something it depends on did not end well), `cancelled`.
 */
export type RunStatus =
  | 'success'
  | 'reused'
  | 'error'
  | 'skipped'
  | 'superseded'
  | 'pass'
  | 'warn'
  | 'fail'
  | 'cancelled';

/** A run result is how one node ended, and when. */
export interface RunResult {
  readonly uniqueId: string;
  readonly name: string;
  readonly resourceType: Node['resourceType'];
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Which of the target's threads ran it, from 1; 0 for a node that never started. */
  readonly thread: number;
  /** One sentence for people: why it was skipped, what superseded it, how many rows failed. */
  readonly message?: string;
  /** What went wrong, for `error`. */
  readonly diagnostic?: Diagnostic;
  /** The published relation, or the one that was loaded; of a test the table of its failing rows. */
  readonly relation?: Relation;
  /** Rows generated, loaded or built, where they are known. */
  readonly rows?: number;
  /** Path from the project root of the compiled SQL. */
  readonly compiledPath?: string;
  /** A test's count of failing rows. */
  readonly failures?: number;
  /** A test's first failing rows. */
  readonly sample?: QueryResult;
  /** What a unit test expected and got. */
  readonly difference?: Difference;
  /** A test's verdict is that of an earlier run over the same data. */
  readonly cached?: boolean;
  /** Name of the node that a test is attached to. */
  readonly attachedTo?: string;
  /** Where a test is declared. */
  readonly declaredAt?: Span;
}
