import type { Relation } from '../dialect/relation.ts';
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
  /** `retiredAt` only where a rollback shows a retired relation again, whose time goes on. */
  readonly entry: Omit<PublicationEntry, 'retiredAt'> & Partial<Pick<PublicationEntry, 'retiredAt'>>;
  /** The version that was published under this relation when the run was planned; null: none. */
  readonly saw: Relation | null;
  /** A relation under this name that modelwright did not make may be replaced (`--adopt`). */
  readonly adopt: boolean;
}

export interface RetiredEntry {
  readonly relation: Relation;
  /** What it showed when the run was planned; where somebody has published another version since, or the node again, it stays. */
  readonly saw: Pick<PublicationEntry, 'version' | 'retiredAt'>;
  readonly remove: boolean;
}

/** A node that another run published since this run was planned; it was left as it is. */
export interface Superseded {
  readonly uniqueId: string;
  readonly relation: Relation;
  /** The version that is published now; null: its relation was removed. */
  readonly shows: Relation | null;
}
