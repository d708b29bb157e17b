import * as catalogue from '../diagnostic/catalogue/seed.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import { spanAt } from '../diagnostic/span.ts';
import { type Column, formatColumnType, parseColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { batchContentHash, batchRows, MANIFEST_NAME } from '../landing/batch-manifest.ts';
import type { LandedBatch, Landing } from '../landing/landing.ts';
import type { LoadRecord } from '../store/load-record.ts';

/** A batch that is to be loaded, and what `_load` says of its partition. */
export interface BatchLoad {
  readonly batch: LandedBatch;
  /** The partition's value; '' for a table without partitions. */
  readonly partition: string;
  readonly contentHash: string;
  readonly rows: number;
  readonly bytes: number;
  /** The load id of what is there now, and how many rows that is; null: nothing. */
  readonly saw: string | null;
  readonly held: number;
}

/** What is to be done with one landed table. */
export interface TableLoadPlan {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly changed: readonly BatchLoad[];
  readonly unchanged: readonly BatchLoad[];
  /** The table is made first: it is not there, or it is there with other columns (`replaced`). */
  readonly state: 'present' | 'missing' | 'replaced';
}

/** Compares a table's batches with what is loaded; undefined where there is no batch, or after a mistake, which is reported. */
export function planTableLoad(
  landing: Landing,
  dialect: Dialect,
  table: string,
  batches: readonly LandedBatch[],
  records: readonly LoadRecord[],
  present: readonly Column[] | undefined,
  report: Report,
): TableLoadPlan | undefined {
  const columns = commonColumns(landing, batches, report);
  if (columns === undefined) return undefined;
  const loaded = new Map(
    records.filter((record) => record.table === table).map((record) => [record.partition, record]),
  );
  const state =
    present === undefined ? 'missing' : sameColumns(dialect, present, columns) ? 'present' : 'replaced';
  const all = batches.map((batch) => batchLoad(batch, loaded));
  if (state === 'replaced') {
    const landed = new Set(all.map((load) => load.partition));
    const missing = [...loaded.values()].filter((record) => record.rows > 0 && !landed.has(record.partition));
    if (missing.length > 0) {
      report(catalogue.changedColumns({ table, missing: missing.map((record) => record.partition) }));
      return undefined;
    }
  }
  const isNew = (load: BatchLoad) => state !== 'present' || isChanged(load, loaded);
  const [changed, unchanged] = [all.filter(isNew), all.filter((load) => !isNew(load))];
  return { table, columns, changed, unchanged, state };
}

function batchLoad(batch: LandedBatch, loaded: ReadonlyMap<string, LoadRecord>): BatchLoad {
  const partition = batch.manifest.partition?.value ?? '';
  const record = loaded.get(partition);
  return {
    batch,
    partition,
    contentHash: batchContentHash(batch.manifest),
    rows: batchRows(batch.manifest),
    bytes: batch.manifest.entries.reduce((sum, entry) => sum + entry.bytes, 0),
    saw: record?.loadId ?? null,
    held: record?.rows ?? 0,
  };
}

function isChanged(load: BatchLoad, loaded: ReadonlyMap<string, LoadRecord>): boolean {
  return loaded.get(load.partition)?.contentHash !== load.contentHash;
}

function commonColumns(
  landing: Landing,
  batches: readonly LandedBatch[],
  report: Report,
): readonly Column[] | undefined {
  const first = batches[0];
  if (first === undefined) return undefined;
  const expected = JSON.stringify(first.manifest.columns);
  let agree = true;
  for (const { path, manifest } of batches) {
    if (JSON.stringify(manifest.columns) === expected) continue;
    const file = `${landing.address}/${path}/${MANIFEST_NAME}`;
    const span = spanAt({ path: file, text: '' }, 0);
    report(catalogue.mixedColumns({ span, table: manifest.table, other: `${first.path}/${MANIFEST_NAME}` }));
    agree = false;
  }
  if (!agree) return undefined;
  return first.manifest.columns.map(({ name, type }) => ({
    name,
    type: parseColumnType(type) ?? { kind: 'varchar' },
  }));
}

/** Whether the engine shows the same names and types for both. */
function sameColumns(dialect: Dialect, present: readonly Column[], wanted: readonly Column[]): boolean {
  const shown = ({ name, type }: Column) => {
    const inEngine = dialect.parseType(dialect.type(type)) ?? type;
    return `${dialect.fold(name)} ${formatColumnType(inEngine)}`;
  };
  return present.map(shown).join() === wanted.map(shown).join();
}
