import { randomUUID } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { RelationCatalog } from './catalog.ts';
import type { PruneState } from './prune-plan.ts';
import { lockingTransaction } from './state-lock.ts';
import { selectRows, updateRows } from './state-query.ts';
import { ENVIRONMENT, stateRelation, VERSION } from './state-table.ts';
import { toVersion, type Version } from './version.ts';

/** Where one prune sets tombstones: `at`, by the warehouse's clock, is how it knows its own. */
export interface Tombs {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly store: string;
  readonly at: string;
}

/** The complete versions of a store that are there, oldest first: also those that a prune has tombstoned and not dropped. */
export async function readStandingVersions(
  session: Session,
  store: string,
  catalog: RelationCatalog,
): Promise<Version[]> {
  const order = ['completed_at', 'attempt'];
  const rows = await selectRows(session, stateRelation(store, VERSION), { status: 'complete' }, order);
  return rows.flatMap((row) => {
    const version = toVersion(store, row);
    return row['pruned_at'] === null || catalog.find(version.relation) !== undefined ? [version] : [];
  });
}

/** Tombstones versions, so that runs that begin from now on do not see them. They are still there. */
export async function digTombs(tombs: Tombs, versions: readonly Relation[]): Promise<void> {
  const { session, dialect, store, at } = tombs;
  if (versions.length === 0) return;
  const table = stateRelation(store, VERSION);
  const physical_name = versions.map(({ name }) => name);
  await lockingTransaction(session, dialect, table, () =>
    updateRows(session, table, { pruned_at: at }, { physical_name }),
  );
}

/** Takes tombstones away that this prune has set. */
export async function revive(
  { session, dialect, store, at }: Tombs,
  versions: readonly Relation[],
): Promise<void> {
  if (versions.length === 0) return;
  const table = stateRelation(store, VERSION);
  const own = { physical_name: versions.map(({ name }) => name), pruned_at: at };
  await lockingTransaction(session, dialect, table, () =>
    updateRows(session, table, { pruned_at: null }, own),
  );
}

/**
 * Drops a tombstoned version. The compare-and-set makes a publish that shows the version at this moment, or this drop, fail.
 * Both write a new `writer`: on DuckDB two updates of a row conflict only where both change the value of the same column. A
 * drop gives way to readers of the version as a publish does: nobody can publish while it waits.
 */
export async function bury(
  { session, dialect, store, at }: Tombs,
  { environment: { name }, sequence, versions }: PruneState,
  relation: Relation,
): Promise<void> {
  const table = stateRelation(store, ENVIRONMENT);
  await lockingTransaction(session, dialect, table, async () => {
    for (const setting of dialect.publishSettings(1)) await session.execute(setting);
    const swapped = await updateRows(session, table, { writer: randomUUID() }, { name, sequence });
    if (swapped !== 1) throw new Error('The environment was published in the meantime.');
    const own = { physical_name: relation.name, pruned_at: at };
    const marked = await updateRows(session, stateRelation(store, VERSION), { pruned_at: at }, own);
    if (marked !== 1) throw new Error('Another prune was faster.');
    const version = versions.find((candidate) => candidate.relation.name === relation.name);
    const isView = version?.kind === 'view';
    await session.execute(isView ? dialect.dropView(relation) : dialect.dropTable(relation));
  });
}
