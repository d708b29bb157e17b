import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { readRelations } from './catalog.ts';
import { readMarker } from './marker.ts';
import { stateJson } from './state-json.ts';
import { selectRows, updateRows } from './state-query.ts';
import { stateRelation, VERSION } from './state-table.ts';
import type { Version, VersionColumn } from './version.ts';

/** All attempts to build a key, the first first; tombstones too, whose names stay taken. */
export async function readAttempts(session: Session, store: string, key: string): Promise<readonly Row[]> {
  return selectRows(session, stateRelation(store, VERSION), { version_key: key }, ['attempt']);
}

/** Another run has taken over the build of a version, because this one seemed dead. */
export class TakenOver extends Error {
  constructor({ name }: Relation) {
    super(`Another run took over the build of "${name}": this run seemed dead.`);
    this.name = 'TakenOver';
  }
}

/** Records that an attempt is complete, unless that is known already. Throws `TakenOver` when it is no longer this run's. */
export async function completeAttempt(session: Session, version: Version): Promise<void> {
  if (await recordCompletion(session, version)) return;
  const table = stateRelation(version.relation.schema, VERSION);
  const known = { physical_name: version.relation.name, status: 'complete' };
  if ((await selectRows(session, table, known)).length === 0) throw new TakenOver(version.relation);
}

async function recordCompletion(session: Session, version: Version): Promise<boolean> {
  const { relation } = version;
  const values = {
    status: 'complete',
    kind: version.kind,
    columns: stateJson(version.columns),
    dependencies: stateJson(version.dependencies),
    live: version.live,
    completed_at: version.builtAt,
    duration_ms: version.durationMs,
  };
  const where = { physical_name: relation.name, status: 'building' };
  const changed = await updateRows(session, stateRelation(relation.schema, VERSION), values, where);
  return changed === 1;
}

/** Records that nothing came of an attempt. */
export async function endAttempt(
  session: Session,
  relation: Relation,
  status: 'failed' | 'abandoned',
): Promise<void> {
  const table = stateRelation(relation.schema, VERSION);
  await updateRows(session, table, { status }, { physical_name: relation.name, status: 'building' });
}

/**
 * Completes the attempt of a run that died between creating its relation and recording it: the comment, which is written
 * with the relation, says all. False where there is no such relation.
 */
export async function completeFromComment(
  session: Session,
  dialect: Dialect,
  relation: Relation,
): Promise<boolean> {
  const catalog = await readRelations(session, dialect, [relation.schema]);
  const marker = readMarker(catalog.find(relation)?.comment ?? null);
  if (marker?.role !== 'version') return false;
  const { key, node, kind, dependencies, live, run: runId, builtAt } = marker;
  const columns = await readColumns(session, dialect, relation);
  const version = { relation, kind, key, node, columns, dependencies, live, runId, builtAt, durationMs: 0 };
  await recordCompletion(session, version);
  return true;
}

/** The columns of a relation as the engine names their types. */
export async function readColumns(
  session: Session,
  dialect: Dialect,
  relation: Relation,
): Promise<VersionColumn[]> {
  const { columns } = await session.query(`select * from ${dialect.relation(relation)} limit 0`);
  return columns.map(({ name, type }) => ({ name, type }));
}
