import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { tableStatements } from '../dialect/table-statements.ts';
import { type RelationCatalog, relationId } from './catalog.ts';
import { hashOf } from './hash.ts';
import { markerText, readMarker } from './marker.ts';
import { withSuffix } from './physical-name.ts';
import type { PublicationEntry, PublishedColumn } from './publication.ts';
import { publishedSelect } from './published-select.ts';

/**
 * Where a version is copied to before it is renamed into place: `daily__3fa9c1d2__next`. Each version has its own, so that two
 * runs that publish one relation at once never rename each other's copy.
 */
export function nextTable(
  dialect: Dialect,
  { relation, version }: Pick<PublicationEntry, 'relation' | 'version'>,
): Relation {
  const suffix = `__${hashOf(relationId(dialect, version)).slice(0, HASH_LENGTH)}__next`;
  return { schema: relation.schema, name: withSuffix(relation.name, suffix, dialect.identifierBytes) };
}

const HASH_LENGTH = 8;

/** Where a replaced table waits to be dropped: `daily__old`. */
export function oldTable(dialect: Dialect, relation: Relation): Relation {
  return { schema: relation.schema, name: withSuffix(relation.name, '__old', dialect.identifierBytes) };
}

/** The statements that copy a version to `__next`, marked with the version's name. */
export function copyStatements(
  dialect: Dialect,
  entry: Pick<PublicationEntry, 'relation' | 'version' | 'columns' | 'storage'>,
): string[] {
  const next = nextTable(dialect, entry);
  const marker = markerText({ role: 'next', version: relationId(dialect, entry.version) });
  return [
    ...tableStatements(dialect, next, {
      select: publishedSelect(dialect, entry),
      options: entry.storage,
      columns: typedColumns(dialect, entry.columns),
    }),
    dialect.commentOnRelation('table', next, marker),
  ];
}

/** The columns whose types are portable: all of them, where encodings are asked for. */
function typedColumns(dialect: Dialect, columns: readonly PublishedColumn[]): readonly Column[] {
  return columns.flatMap(({ name, type }) => {
    const portable = dialect.parseType(type);
    return portable === undefined ? [] : [{ name, type: portable }];
  });
}

/** Whether `__next` holds a copy of the entry's version. */
export function isPrepared(dialect: Dialect, entry: PublicationEntry, catalog: RelationCatalog): boolean {
  const marker = readMarker(catalog.find(nextTable(dialect, entry))?.comment ?? null);
  return marker?.role === 'next' && marker.version === relationId(dialect, entry.version);
}

/** Copies of a relation's versions. Another run's is dropped too: that run copies again when its turn comes. */
export function copiesOf({ schema, name }: Relation, catalog: RelationCatalog): readonly Relation[] {
  return catalog.relations
    .filter(({ relation, comment }) => relation.schema === schema && readMarker(comment)?.role === 'next')
    .map(({ relation }) => relation)
    .filter((copy) => copy.name.startsWith(name) && SUFFIX.test(copy.name.slice(name.length)));
}

const SUFFIX = /^__[0-9a-f]{8}__next$/;
