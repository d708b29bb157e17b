import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { readClock } from './clock.ts';
import { readJson, readNumber, readText, selectRows, updateRows } from './state-query.ts';
import { stateRelation, VERSION } from './state-table.ts';

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

/** The complete, unpruned versions of a store, oldest first. */
export async function readVersions(session: Session, store: string): Promise<Version[]> {
  const where = { status: 'complete', pruned_at: null };
  const order = ['completed_at', 'attempt'];
  const rows = await selectRows(session, stateRelation(store, VERSION), where, order);
  return rows.map((row) => toVersion(store, row));
}

/** A version of a row that is complete. */
export function toVersion(store: string, row: Row): Version {
  return {
    relation: { schema: store, name: readText(row, 'physical_name') },
    kind: readText(row, 'kind') as VersionKind,
    key: readText(row, 'version_key'),
    node: readText(row, 'node'),
    columns: readJson(row, 'columns'),
    dependencies: readJson(row, 'dependencies'),
    live: row['live'] === true,
    runId: readText(row, 'run_id'),
    builtAt: readText(row, 'completed_at'),
    durationMs: readNumber(row, 'duration_ms'),
  };
}

/** Tombstones versions that somebody dropped, so that the next claim of their keys builds them again. */
export async function forgetVersions(
  session: Session,
  dialect: Dialect,
  store: string,
  versions: readonly Relation[],
): Promise<void> {
  if (versions.length === 0) return;
  const pruned_at = await readClock(session, dialect);
  const where = { physical_name: versions.map((version) => version.name), pruned_at: null };
  await updateRows(session, stateRelation(store, VERSION), { pruned_at }, where);
}
