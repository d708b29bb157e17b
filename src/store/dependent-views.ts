import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { relationId } from './catalog.ts';
import { readText } from './state-query.ts';

/** The views that people have built on a relation. */
export type DependentViews = (relation: Relation) => readonly Relation[];

/** Reads which views stand on relations of the published schemas, where nothing of modelwright's own does. */
export async function readDependentViews(
  session: Session,
  dialect: Dialect,
  schemas: Iterable<string>,
): Promise<DependentViews> {
  const names = [...new Set(schemas)];
  const query = names.length === 0 ? undefined : dialect.dependentViewsQuery(names);
  if (query === undefined) return () => [];
  const views = new Map<string, Relation[]>();
  for (const row of (await session.query(query)).rows) {
    const id = relationId(dialect, {
      schema: readText(row, 'table_schema'),
      name: readText(row, 'table_name'),
    });
    const view = { schema: readText(row, 'view_schema'), name: readText(row, 'view_name') };
    addTo(views, id, view);
  }
  return (relation) => views.get(relationId(dialect, relation)) ?? [];
}
