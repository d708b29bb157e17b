import { addTo } from '../diagnostic/lists-by-key.ts';
import type { HistoryRow } from '../store/history.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';

const COLUMNS = ['sequence', 'published_at', 'run_id', 'git_commit', 'current', 'changes'];

/** Publications as rows for people and machines. */
export function historyTable(history: readonly HistoryRow[]): QueryResult {
  return {
    columns: COLUMNS.map((name) => ({ name, type: name === 'sequence' ? 'BIGINT' : 'VARCHAR' })),
    rows: history.map((row) => ({
      sequence: row.sequence,
      published_at: row.publishedAt,
      run_id: row.runId,
      git_commit: row.gitCommit,
      current: row.current,
      changes: changesText(row),
    })),
  };
}

/** `rollback to 3; added: daily, weekly; changed: arr`. */
function changesText({ changes, restores }: HistoryRow): string {
  const groups = new Map<string, string[]>();
  for (const { change, relation } of changes) addTo(groups, change, relation);
  const parts = [...groups].map(([change, relations]) => `${change}: ${relations.join(', ')}`);
  return [...(restores === null ? [] : [`rollback to ${restores}`]), ...parts].join('; ');
}
