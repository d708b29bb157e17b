import type { Relation } from '../dialect/relation.ts';
import type { VersionKind } from './version.ts';

/** A marker is the comment by which modelwright knows a relation as its own when the state is lost: JSON with one key. */
export type Marker =
  | {
      readonly role: 'version';
      readonly key: string;
      readonly attempt: number;
      readonly node: string;
      readonly kind: VersionKind;
      readonly live: boolean;
      readonly dependencies: readonly Relation[];
      readonly run: string;
      /** Timestamp of the warehouse's clock. */
      readonly builtAt: string;
    }
  /** A copy of a version that waits to be renamed into its published name. */
  | { readonly role: 'next'; readonly version: string }
  /** A published table that was renamed aside. */
  | { readonly role: 'old' }
  /** A version built again to be compared with, which its run drops. */
  | { readonly role: 'again'; readonly run: string }
  /** Failing rows of a test (a unique id), of the run that stored them at that time of the warehouse's clock. */
  | { readonly role: 'failures'; readonly test: string; readonly run: string; readonly at: string };

const KEY = 'modelwright';

export function markerText(marker: Marker): string {
  return JSON.stringify({ [KEY]: marker });
}

/** The marker in a comment; undefined for anything else. */
export function readMarker(comment: string | null): Marker | undefined {
  if (comment === null || !comment.startsWith(`{"${KEY}":`)) return undefined;
  try {
    return JSON.parse(comment)[KEY];
  } catch {
    return undefined;
  }
}
