import type { Relation } from '../dialect/relation.ts';
import type { PublishKind } from '../manifest/config.ts';

/** A publication is the whole of what an environment showed from one publish to the next. */
export interface Publication {
  /** Counts from 1 in each environment. */
  readonly sequence: number;
  readonly runId: string;
  readonly gitCommit: string | null;
  /** Timestamp of the warehouse's clock. */
  readonly publishedAt: string;
  /** The publication whose entries a rollback brought back; null for a publish. */
  readonly restores: number | null;
  /** By published relation (see relationId). */
  readonly entries: ReadonlyMap<string, PublicationEntry>;
}

/** An entry is one published relation: which version it shows, and as what. */
export interface PublicationEntry {
  readonly uniqueId: string;
  readonly relation: Relation;
  readonly version: Relation;
  readonly key: string;
  readonly publish: PublishKind;
  /** In order; the published relation has exactly these, cast to their types. */
  readonly columns: readonly PublishedColumn[];
  readonly description: string;
  /** Roles that may select. */
  readonly grants: readonly string[];
  /** When the node was first missing from the project; null while it is there. */
  readonly retiredAt: string | null;
}

/** A published column; `type` is SQL text of the engine, pinned: the view casts to it. */
export interface PublishedColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** What a publication did to a published relation, compared with the publication before it. */
export type PublicationChange = 'added' | 'changed' | 'kept' | 'retired' | 'removed';

/** The identity of a relation as text, for maps: `schema.name`. */
export function relationId(relation: Relation): string {
  return `${relation.schema}.${relation.name}`;
}

/** The entry of a node that is in the project; retired entries of the same node (under a former name) do not count. */
export declare function entryOf(publication: Publication, uniqueId: string): PublicationEntry | undefined;
