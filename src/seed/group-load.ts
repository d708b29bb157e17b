import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { type BatchEntry, MANIFEST_NAME } from '../landing/batch-manifest.ts';
import type { Landing } from '../landing/landing.ts';
import { entryPath } from '../landing/parse-manifest.ts';
import type { FetchAccess } from '../project/fetch-access.ts';
import type { BatchLoad, TableLoadPlan } from './load-plan.ts';

/** Batches of one table that are loaded in one transaction. */
export interface GroupLoad {
  readonly relation: Relation;
  readonly columns: readonly Column[];
  /** `begun`: this load has made the table, which holds none of these partitions yet. */
  readonly state: TableLoadPlan['state'] | 'begun';
  readonly store: string;
  readonly loadId: string;
  readonly group: readonly BatchLoad[];
  readonly landing: Landing;
  readonly dialect: Dialect;
  readonly access: FetchAccess;
  /** Rows are to be parsed only. */
  readonly parsing?: { readonly parseOnly: true };
  /** Once it is aborted no further statement is sent: an engine cancels only what it has begun. */
  readonly signal?: AbortSignal | undefined;
}

/** A part of a batch in the landing zone, beside what its manifest says of it. */
export interface LandedPart {
  readonly path: string;
  readonly entry: BatchEntry;
  /** The address of the manifest. */
  readonly manifest: string;
}

/** Local files of parts, by their paths in the landing zone. */
export type LocalParts = ReadonlyMap<string, string>;

/** What of a group is to be inserted. */
export interface GroupCsv {
  /** Gzip CSV in the landing zone. */
  readonly parts: readonly LandedPart[];
  /** The parts as local files, for an engine that reads files. */
  readonly local: LocalParts;
  /** Local files of CSV that is not compressed, in place of parts with bad rows. */
  readonly cleaned: readonly string[];
}

/** The parts of a batch; a manifest that names files elsewhere has been refused before. */
export function partsOf({ landing }: GroupLoad, { batch }: BatchLoad): readonly LandedPart[] {
  const manifest = `${landing.address}/${batch.path}/${MANIFEST_NAME}`;
  return batch.manifest.entries.flatMap((entry) => {
    const path = entryPath(landing.address, batch.path, entry.url);
    return path === undefined ? [] : [{ path, entry, manifest }];
  });
}

/** A part as people find it: its file, or its address. */
export function partName({ landing }: GroupLoad, path: string): string {
  return landing.localPath(path) ?? `${landing.address}/${path}`;
}
