import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readRelations } from './catalog.ts';
import { type Marker, readMarker } from './marker.ts';
import type { PruneState } from './prune-plan.ts';

/** Tables that a process left which was killed: replaced ones, copies that no run is about to rename, and tables to compare. */
export async function findLeftovers(
  session: Session,
  dialect: Dialect,
  { environment, publications, liveRuns }: PruneState,
): Promise<readonly Relation[]> {
  const entries = [...(publications.at(-1)?.entries.values() ?? [])];
  const published = entries.map(({ relation }) => relation.schema);
  const catalog = await readRelations(session, dialect, [environment.store, ...published]);
  const live = new Set(liveRuns.map(({ runId }) => runId));
  const isLeft = (marker: Marker | undefined): boolean => {
    switch (marker?.role) {
      case 'old':
        return true;
      case 'next':
        return live.size === 0;
      case 'again':
        return !live.has(marker.run);
      default:
        return false;
    }
  };
  return catalog.relations.flatMap(({ relation, comment }) =>
    isLeft(readMarker(comment)) ? [relation] : [],
  );
}
