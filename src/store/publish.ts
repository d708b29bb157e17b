import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';
import type { PublicationEntry } from './publication.ts';

/** What a run wants to publish. Entries that it does not name stay as they are. */
export interface PublishPlan {
  readonly runId: string;
  readonly gitCommit: string | null;
  readonly wanted: readonly WantedEntry[];
  /** Published relations whose node has left the project: frozen, or removed once `retire_after` is over. */
  readonly retired: readonly RetiredEntry[];
  /** All of `wanted` or nothing: one superseded entry stops the publish (`--publish all`). */
  readonly allOrNothing: boolean;
}

export interface WantedEntry {
  readonly entry: Omit<PublicationEntry, 'retiredAt'>;
  /** The version that was published under this relation when the run was planned; null: none. */
  readonly saw: Relation | null;
  /** A relation under this name that modelwright did not make may be replaced (`--adopt`). */
  readonly adopt: boolean;
}

export interface RetiredEntry {
  readonly relation: Relation;
  readonly remove: boolean;
}

/** What became of a plan. */
export interface PublishOutcome {
  /** The new publication; null: there was nothing to publish, and none was made. */
  readonly sequence: number | null;
  /** Unique ids whose published relation now shows another version or shape, or was added. */
  readonly published: readonly string[];
  readonly unchanged: readonly string[];
  readonly superseded: readonly Superseded[];
}

/** A node that another run published since this run was planned; it was left as it is. */
export interface Superseded {
  readonly uniqueId: string;
  readonly relation: Relation;
  /** The version that is published now; null: its relation was removed. */
  readonly shows: Relation | null;
}

/**
 * Copies the version of every `publish: table` entry to `<name>__next`, outside of the publish transaction.
 * Entries that already show their version are left out by `publish`, so call it for changed ones only.
 */
export declare function prepareTable(
  session: Session,
  dialect: Dialect,
  entry: Pick<PublicationEntry, 'relation' | 'version' | 'columns'>,
): Promise<void>;

/**
 * Publishes in one transaction: compare-and-set on the environment's row, then the changed relations, grants and comments.
 * Creates schemas first, drops replaced tables after. Throws a DiagnosticError when a relation that modelwright did not
 * make holds a wanted name, or a version has vanished; WarehouseError otherwise. Nothing is published then.
 */
export declare function publish(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  plan: PublishPlan,
  warn: Report,
): Promise<PublishOutcome>;
