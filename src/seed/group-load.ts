import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Landing } from '../landing/landing.ts';
import { entryPath } from '../landing/parse-manifest.ts';
import type { BatchLoad, TableLoadPlan } from './load-plan.ts';

/** Batches of one table that are loaded in one transaction. */
export interface GroupLoad {
  readonly relation: Relation;
  readonly columns: readonly Column[];
  readonly state: TableLoadPlan['state'];
  readonly store: string;
  readonly loadId: string;
  readonly group: readonly BatchLoad[];
  readonly landing: Landing;
  readonly dialect: Dialect;
}

/** Local files of parts, by their paths in the landing zone. */
export type LocalParts = ReadonlyMap<string, string>;

/** What of a group is to be inserted. */
export interface GroupCsv {
  /** Gzip CSV in the landing zone, by its path there. */
  readonly parts: readonly string[];
  /** The parts as local files, for an engine that reads files. */
  readonly local: LocalParts;
  /** Local files of CSV that is not compressed, in place of parts with bad rows. */
  readonly cleaned: readonly string[];
}

/** The text that stands for NULL in landed CSV, where it is not quoted. */
export const NULL_MARKER = '@NULL@';

/** The paths of a batch's parts in the landing zone; a manifest that names files elsewhere has been refused before. */
export function partPaths({ landing }: GroupLoad, { batch }: BatchLoad): readonly string[] {
  return batch.manifest.entries.flatMap(({ url }) => entryPath(landing.address, batch.path, url) ?? []);
}

/** A part as people find it: its file, or its address. */
export function partName({ landing }: GroupLoad, path: string): string {
  return landing.localPath(path) ?? `${landing.address}/${path}`;
}
