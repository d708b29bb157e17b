import type { Freshness, LoadedAt } from '../manifest/freshness.ts';
import type { SourceNode } from '../manifest/node.ts';

/** What dbt's manifest says of a source's freshness. */
export function dbtFreshness({ freshness }: SourceNode) {
  if (freshness === undefined) return { freshness: null };
  return {
    freshness: freshnessCriteria(freshness),
    loaded_at_field: textOf(freshness.loadedAt, 'field'),
    loaded_at_query: textOf(freshness.loadedAt, 'query'),
  };
}

/** The thresholds and the filter of a source, as dbt's artifacts have them. */
export function freshnessCriteria({ warnAfter, errorAfter, filter }: Freshness) {
  return { warn_after: warnAfter ?? null, error_after: errorAfter ?? null, filter: filter?.text ?? null };
}

function textOf(loadedAt: LoadedAt, kind: 'field' | 'query'): string | null {
  return loadedAt.kind === kind ? loadedAt.text : null;
}
