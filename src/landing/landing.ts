import type { Readable } from 'node:stream';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { BatchManifest } from './batch-manifest.ts';

/** A batch that the landing zone holds; `path` is its folder below the zone's root: `daily_dump/load_date=2025-01-31`. */
export interface LandedBatch {
  readonly path: string;
  readonly manifest: BatchManifest;
}

/** What an object may be written from; pieces are written in order. */
export type ObjectContent = Readable | AsyncIterable<Uint8Array> | Uint8Array;

/** A part as it was stored: how a manifest names it, and its size. */
export interface StoredPart {
  readonly url: string;
  readonly bytes: number;
}

/** A batch that is being written; nobody sees it before it is published. */
export interface BatchWriting {
  /** Stores a part, gzip CSV in pieces; `number` counts from 0, `sha256` is of the uncompressed CSV, in hex. */
  writePart(number: number, pieces: readonly Uint8Array[], sha256: string): Promise<StoredPart>;
  /** Makes the batch visible by its manifest, and removes what a former batch or an interrupted write left in its folder. */
  publish(manifest: BatchManifest): Promise<void>;
}

/** Parts that nothing names any more and that could not be removed. */
export interface UnremovedParts {
  readonly count: number;
  /** The first one's name in the storage, and what the storage said of it. */
  readonly first: string;
  readonly code: string;
  readonly message: string;
}

/** A landing zone is object storage for batches: a folder, or a bucket's prefix. Paths are relative to its root, with `/`. */
export interface Landing {
  /** How people name it: `landing/`, `s3://bucket/prefix`. */
  readonly address: string;
  /** How many batches should be written at once; more than one where every request takes its time. */
  readonly batchesAtOnce: number;
  /** So many parts of a batch are read at once by the engine that it is for: a large batch has about a multiple of them. */
  readonly slices: number;
  /** The region that it is in, as requests take it; undefined for a folder. */
  region(): Promise<string | undefined>;
  /** Names of all tables with a batch. */
  tables(): Promise<readonly string[]>;
  /** Paths of a table's visible batches, in order; their manifests are not read. */
  paths(table: string): Promise<readonly string[]>;
  /** All visible batches of a table, ordered by path; manifests that cannot be read or trusted are reported and left out. */
  batches(table: string, report: Report): Promise<readonly LandedBatch[]>;
  /** Begins to write a batch at a path, in place of one that may be there. */
  writeBatch(path: string): Promise<BatchWriting>;
  /** What batches that were written through this object should have removed and could not. */
  unremoved(): UnremovedParts | undefined;
  /** Writes one object whole; it is visible under its name only when complete. */
  write(path: string, content: ObjectContent): Promise<void>;
  read(path: string): Promise<Readable>;
  /** Size of an object in bytes; undefined where there is none. */
  size(path: string): Promise<number | undefined>;
  remove(path: string): Promise<void>;
  /** A local path of an object, for engines that read files; undefined where there is none. */
  localPath(path: string): string | undefined;
}
