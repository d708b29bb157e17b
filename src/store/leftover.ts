import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type FoundRelation, readRelations } from './catalog.ts';
import { elapsed } from './clock.ts';
import { failuresSchema } from './failing-rows.ts';
import { type Marker, readMarker } from './marker.ts';
import type { PruneState } from './prune-plan.ts';

/**
 * Tables that a process left which was killed: replaced ones, copies that no run is about to rename, and tables to compare.
 * And failing rows that an earlier run stored than the last one that stored any.
 */
export async function findLeftovers(
  session: Session,
  dialect: Dialect,
  { environment, publications, liveRuns }: PruneState,
): Promise<readonly Relation[]> {
  const entries = [...(publications.at(-1)?.entries.values() ?? [])];
  const published = entries.map(({ relation }) => relation.schema);
  const schemas = [environment.store, failuresSchema(environment, dialect), ...published];
  const catalog = await readRelations(session, dialect, schemas);
  const live = new Set(liveRuns.map(({ runId }) => runId));
  const storedLast = lastStoring(catalog.relations);
  const isLeft = (marker: Marker | undefined): boolean => {
    switch (marker?.role) {
      case 'old':
        return true;
      case 'next':
        return live.size === 0;
      case 'again':
        return !live.has(marker.run);
      case 'failures':
        return marker.run !== storedLast && !live.has(marker.run);
      default:
        return false;
    }
  };
  return catalog.relations.flatMap(({ relation, comment }) =>
    isLeft(readMarker(comment)) ? [relation] : [],
  );
}

/** The last run that stored failing rows. */
function lastStoring(relations: readonly FoundRelation[]): string | undefined {
  const stored = relations.flatMap(({ comment }) => {
    const marker = readMarker(comment);
    return marker?.role === 'failures' ? [marker] : [];
  });
  return stored.toSorted((a, b) => elapsed(a.at, b.at)).at(0)?.run;
}
