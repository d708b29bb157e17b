import type { Readable } from 'node:stream';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { BatchManifest } from './batch-manifest.ts';

/** A batch that the landing zone holds; `path` is its folder below the zone's root: `daily_dump/load_date=2025-01-31`. */
export interface LandedBatch {
  readonly path: string;
  readonly manifest: BatchManifest;
}

/** What an object may be written from; chunks are written in order. */
export type ObjectContent = Readable | AsyncIterable<Uint8Array> | Uint8Array;

/** A landing zone is object storage for batches: a folder, or a bucket's prefix. Paths are relative to its root, with `/`. */
export interface Landing {
  /** How people name it: `landing/`, `s3://bucket/prefix`. */
  readonly address: string;
  /** Names of all tables with a batch. */
  tables(): Promise<readonly string[]>;
  /** All visible batches of a table, ordered by path; manifests that cannot be read or trusted are reported and left out. */
  batches(table: string, report: Report): Promise<readonly LandedBatch[]>;
  /** Names of the objects directly below a path, unfinished ones included; empty where there is none. */
  list(path: string): Promise<readonly string[]>;
  /** Writes one object whole; it is visible under its name only when complete. */
  write(path: string, content: ObjectContent): Promise<void>;
  read(path: string): Promise<Readable>;
  /** Size of an object in bytes; undefined where there is none. */
  size(path: string): Promise<number | undefined>;
  remove(path: string): Promise<void>;
  /** A local path of an object, for engines that read files; undefined where there is none. */
  localPath(path: string): string | undefined;
}
