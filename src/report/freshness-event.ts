import { freshnessCriteria } from '../artifact/dbt-freshness.ts';
import type { FreshnessResult } from '../run/measure-freshness.ts';
import { jsonDiagnostic } from './json-event.ts';

/** How fresh a source is, as a value for JSON. */
export function freshnessEvent(result: FreshnessResult): Readonly<Record<string, unknown>> {
  const { node, status, finishedAt, freshness } = result;
  return {
    event: 'source_freshness',
    at: finishedAt,
    unique_id: node.uniqueId,
    source_name: node.sourceName,
    name: node.name,
    status,
    criteria: freshnessCriteria(freshness),
    ...(result.status === 'runtime error'
      ? { diagnostic: jsonDiagnostic(result.diagnostic) }
      : {
          max_loaded_at: result.maxLoadedAt ?? null,
          snapshotted_at: result.snapshottedAt,
          max_loaded_at_time_ago_in_s: result.age ?? null,
          newest_after_snapshot: result.ahead ?? null,
        }),
  };
}
