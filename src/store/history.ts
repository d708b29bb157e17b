import type { Session } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';
import type { PublicationChange } from './publication.ts';
import { currentSequence } from './publish.ts';
import { queryRows, readNumber, readNumberOrNull, readText, readTextOrNull, tableOf } from './state-query.ts';
import { PUBLICATION, stateRelation } from './state-table.ts';

/** One publication of an environment's history. */
export interface HistoryRow {
  readonly sequence: number;
  readonly publishedAt: string;
  readonly runId: string;
  readonly gitCommit: string | null;
  /** The publication that a rollback brought back. */
  readonly restores: number | null;
  /** It is what is published now. */
  readonly current: boolean;
  /** What it added, changed, retired or removed. */
  readonly changes: readonly HistoryChange[];
}

export interface HistoryChange {
  readonly uniqueId: string;
  /** `schema.name`. */
  readonly relation: string;
  readonly change: PublicationChange;
}

/** The publications of an environment that has a store, latest first. */
export async function readHistory(
  session: Session,
  environment: Environment,
  limit: number,
): Promise<HistoryRow[]> {
  const current = await currentSequence(session, environment);
  const rows = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(environment.store, PUBLICATION))
      .where('sequence', '>', current - limit)
      .orderBy([
        { column: 'sequence', order: 'desc' },
        { column: 'relation_schema' },
        { column: 'relation_name' },
      ])
      .select('*'),
  );
  const history = new Map<number, HistoryRow & { readonly changes: HistoryChange[] }>();
  for (const row of rows) {
    const sequence = readNumber(row, 'sequence');
    const publication = history.get(sequence) ?? {
      sequence,
      publishedAt: readText(row, 'published_at'),
      runId: readText(row, 'run_id'),
      gitCommit: readTextOrNull(row, 'git_commit'),
      restores: readNumberOrNull(row, 'restores'),
      current: sequence === current,
      changes: [],
    };
    history.set(sequence, publication);
    const change = readText(row, 'change') as PublicationChange;
    if (change === 'kept') continue;
    const relation = `${readText(row, 'relation_schema')}.${readText(row, 'relation_name')}`;
    publication.changes.push({ uniqueId: readText(row, 'unique_id'), relation, change });
  }
  return [...history.values()];
}
