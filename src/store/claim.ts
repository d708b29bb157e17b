import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { RunIdentity } from './run-record.ts';
import type { Version, VersionKind } from './version.ts';

/** A claim is the right to build one version: its row exists, with status `building`. */
export interface Claim {
  readonly relation: Relation;
  readonly key: string;
  readonly node: string;
  readonly attempt: number;
  readonly run: RunIdentity;
}

export interface ClaimRequest {
  readonly store: string;
  readonly key: string;
  readonly node: string;
  /** The node's name; the physical name begins with it. */
  readonly name: string;
  readonly run: RunIdentity;
  /** Build another version even where one with this key is complete (`--full-refresh`, `--verify-reuse`). */
  readonly rebuild?: boolean;
  /** Stops waiting for another run's build. */
  readonly signal?: AbortSignal;
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Another run had built it, or built it while this one waited. */
  | { readonly kind: 'built'; readonly version: Version };

/** What a build tells about its version. */
export interface VersionContent {
  readonly kind: VersionKind;
  readonly dependencies: readonly Relation[];
  readonly live: boolean;
}

/**
 * Claims the right to build a version, by inserting its row. Of two builds of one key the loser waits for the winner's row,
 * and takes over when the winner failed or its run is dead. The relation's name is free: no two attempts share one.
 */
export declare function claimVersion(
  session: Session,
  dialect: Dialect,
  request: ClaimRequest,
): Promise<ClaimResult>;

/**
 * Builds a claimed version in one transaction: `build` sends the statements that create `claim.relation`,
 * then comment and completed row follow. Whatever fails rolls all of it back; the claim is released then.
 */
export declare function buildVersion(
  session: Session,
  dialect: Dialect,
  claim: Claim,
  content: VersionContent,
  build: () => Promise<void>,
): Promise<Version>;

/** Gives a claim up, so that a waiting run takes over at once; for builds that end before buildVersion. */
export declare function releaseClaim(session: Session, dialect: Dialect, claim: Claim): Promise<void>;
