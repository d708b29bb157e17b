import type { Relation } from '../dialect/relation.ts';

/** A version is an immutable table or view in a store, addressed by what it was made from. */
export interface Version {
  readonly relation: Relation;
  readonly kind: VersionKind;
  readonly key: string;
  /** Unique id of the node that it was first built for; others with the same key share it. */
  readonly node: string;
  readonly columns: readonly VersionColumn[];
  /** Versions that it was made from, possibly in the base's store. */
  readonly dependencies: readonly Relation[];
  /** A view that reaches a landed or foreign table with no table between: its rows change without a new version. */
  readonly live: boolean;
  readonly runId: string;
  /** Timestamp of the warehouse's clock. */
  readonly builtAt: string;
  readonly durationMs: number;
}

export type VersionKind = 'table' | 'view';

/** A column as it was built; `type` is the engine's own spelling, `DECIMAL(18,2)`. */
export interface VersionColumn {
  readonly name: string;
  readonly type: string;
}
