import { secrets } from '../diagnostic/redaction.ts';
import { formatPlace } from '../diagnostic/span.ts';
import type { FreshnessResult } from '../run/measure-freshness.ts';
import { freshnessCriteria } from './dbt-freshness.ts';
import { dbtMetadata, type Invocation } from './dbt-metadata.ts';

/** What dbt writes where there are no rows. */
const NEVER = '0001-01-01T00:00:00.000Z';

/** `sources.json` after dbt's schema v3. */
export function sourcesJson(results: readonly FreshnessResult[], invocation: Invocation): string {
  const took = invocation.generatedAt.getTime() - invocation.startedAt.getTime();
  return JSON.stringify({
    metadata: dbtMetadata('sources/v3', invocation),
    results: results.map(resultEntry),
    elapsed_time: took / 1000,
  });
}

function resultEntry(result: FreshnessResult) {
  const { node, freshness, startedAt, finishedAt } = result;
  if (result.status === 'runtime error') {
    const { code, span, message } = result.diagnostic;
    const place = span === undefined ? '' : `${formatPlace(span)} `;
    const error = secrets.redact(`${code} ${place}${message}`);
    return { unique_id: node.uniqueId, error, status: result.status };
  }
  const maxLoadedAt = result.maxLoadedAt ?? new Date(NEVER);
  const started = startedAt.toISOString();
  const completed = finishedAt.toISOString();
  return {
    unique_id: node.uniqueId,
    max_loaded_at: maxLoadedAt.toISOString(),
    snapshotted_at: result.snapshottedAt.toISOString(),
    max_loaded_at_time_ago_in_s: (result.snapshottedAt.getTime() - maxLoadedAt.getTime()) / 1000,
    status: result.status,
    criteria: freshnessCriteria(freshness),
    adapter_response: {},
    timing: [{ name: 'execute', started_at: started, completed_at: completed }],
    thread_id: `Thread-${result.thread}`,
    execution_time: (finishedAt.getTime() - startedAt.getTime()) / 1000,
  };
}
