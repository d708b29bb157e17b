import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type FoundRelation, readRelations, readSchemas, relationId } from './catalog.ts';
import type { Environment } from './environment.ts';
import { currentPublication } from './environments.ts';
import { failuresSchema } from './failing-rows.ts';
import { readMarker } from './marker.ts';
import type { PublicationEntry } from './publication.ts';

/** What an environment consists of. */
export interface EnvironmentContent {
  /** In published schemas. */
  readonly published: readonly FoundRelation[];
  /** In the store, versions that were made from others before those; state tables last. */
  readonly stored: readonly FoundRelation[];
  /** Published schemas that are there. */
  readonly schemas: readonly PublishedSchema[];
}

export interface PublishedSchema {
  readonly schema: string;
  /** What it holds that modelwright did not make. */
  readonly theirs: readonly Relation[];
}

/** Reads what an environment consists of, as far as it is there. */
export async function readContent(
  session: Session,
  dialect: Dialect,
  environment: Environment,
): Promise<EnvironmentContent> {
  const publication = await currentPublication(session, dialect, environment);
  const entries = [...(publication?.entries.values() ?? [])];
  const failures = failuresSchema(environment, dialect);
  const shown = [
    ...new Set([environment.schema, failures, ...entries.map(({ relation }) => relation.schema)]),
  ];
  const catalog = await readRelations(session, dialect, shown);
  const stored = (await readRelations(session, dialect, [environment.store])).relations;
  const theirs = catalog.relations
    .filter((found) => !isOurs(dialect, found, entries))
    .map(({ relation }) => relation);
  const heldBy = (schema: string) =>
    theirs.filter((relation) => dialect.fold(relation.schema) === dialect.fold(schema));
  const there = new Set((await readSchemas(session, dialect)).map((schema) => dialect.fold(schema)));
  return {
    published: catalog.relations.filter((found) => isOurs(dialect, found, entries)),
    stored: stored.toSorted(latestFirst),
    schemas: shown
      .filter((schema) => there.has(dialect.fold(schema)))
      .map((schema) => ({ schema, theirs: heldBy(schema) })),
  };
}

/** Whether a relation in a published schema was published, or is a table on its way in or out. */
function isOurs(dialect: Dialect, found: FoundRelation, entries: readonly PublicationEntry[]): boolean {
  const id = relationId(dialect, found.relation);
  const isPublished = entries.some(
    (entry) => relationId(dialect, entry.relation) === id && entry.publish === found.kind,
  );
  return isPublished || readMarker(found.comment) !== undefined;
}

/** Versions stand on older ones; state tables, which have no date, come last. */
function latestFirst(a: FoundRelation, b: FoundRelation): number {
  return builtAt(b).localeCompare(builtAt(a));
}

/** When a version was built; empty text for what is none. */
function builtAt({ comment }: FoundRelation): string {
  const marker = readMarker(comment);
  return marker?.role === 'version' ? marker.builtAt : '';
}

/** Whether a relation of a store is one of its state tables. */
export function isState(found: FoundRelation): boolean {
  return builtAt(found) === '';
}
