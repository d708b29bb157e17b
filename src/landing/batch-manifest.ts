import { createHash } from 'node:crypto';

/** One part of a batch: a gzip CSV file. Field names are those of the JSON file, which follows Amazon Redshift's manifest format. */
export interface BatchEntry {
  /** Relative to the manifest's folder, or an `s3://` address. */
  readonly url: string;
  readonly mandatory: true;
  readonly rows: number;
  /** Size of the stored object. */
  readonly bytes: number;
  /** Of the uncompressed CSV, hex. */
  readonly sha256: string;
}

/** The partition a batch fills: `load_date=2025-01-31`. `date_of` names the timestamp column whose date the value is; without it the value is the column's own. */
export interface BatchPartition {
  readonly column: string;
  readonly value: string;
  readonly date_of?: string;
}

/** A column as a manifest names it; the type is portable text, `numeric(12,2)`. */
export interface BatchColumn {
  readonly name: string;
  readonly type: string;
}

/** A batch manifest makes its batch visible; it is written last. No entries: the partition is empty. */
export interface BatchManifest {
  readonly version: 1;
  readonly table: string;
  readonly columns: readonly BatchColumn[];
  readonly partition?: BatchPartition;
  readonly entries: readonly BatchEntry[];
  /** What a generator made the batch from; a batch with the same inputs need not be written again. */
  readonly inputs?: string;
}

/** The name of the file that makes a batch visible. */
export const MANIFEST_NAME = 'manifest.json';

/** A batch's folder below the landing zone's root: `daily_dump/load_date=2025-01-31`, or the table's own. */
export function batchPath(table: string, partition: BatchPartition | undefined): string {
  return partition === undefined
    ? table
    : `${table}/${partition.column}=${encodeURIComponent(partition.value)}`;
}

/** What is written to a manifest's file. */
export function manifestText(manifest: BatchManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
}

/** `part-0007.csv.gz`; where parts of several writes may meet, with the beginning of the content's hash. */
export function partName(number: number, sha256?: string): string {
  const mark = sha256 === undefined ? '' : `-${sha256.slice(0, 12)}`;
  return `part-${String(number).padStart(4, '0')}${mark}.csv.gz`;
}

/** Hash of what a batch holds: columns and CSV bytes, never addresses, times or compressed bytes. */
export function batchContentHash(manifest: BatchManifest): string {
  const content = {
    columns: manifest.columns.map(({ name, type }) => [name, type]),
    entries: manifest.entries.map((entry) => entry.sha256),
  };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** The rows of all parts. */
export function batchRows(manifest: BatchManifest): number {
  return manifest.entries.reduce((sum, entry) => sum + entry.rows, 0);
}
