import type { Column } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { tableStatements as statementsOfTable } from '../dialect/table-statements.ts';
import { type FoundRelation, type RelationCatalog, relationId } from './catalog.ts';
import { hashOf } from './hash.ts';
import { markerText, readMarker } from './marker.ts';
import { withSuffix } from './physical-name.ts';
import type { PublicationEntry, PublishedColumn } from './publication.ts';
import type { PublishStep } from './publish-decision.ts';
import { commentStatements } from './published-comments.ts';
import { type GrantsOf, grantStatements } from './published-grants.ts';

/** The statements of one step; tables come before views, so that readers wait for views the shortest time. */
export interface StepStatements {
  readonly statements: readonly string[];
  readonly view: boolean;
  /** A replaced table that is to be dropped after the commit. */
  readonly leftover: Relation | undefined;
}

/** What publishing finds under the published names: relations, and who may select from them. */
export interface FoundPublished {
  readonly catalog: RelationCatalog;
  readonly granted: GrantsOf;
}

/** The SELECT that a published relation stands for: explicit columns, each cast to its pinned type. */
export function publishedSelect(
  dialect: Dialect,
  entry: { readonly version: Relation; readonly columns: readonly PublishedColumn[] },
): string {
  const columns = entry.columns.map(({ name, type }) => {
    const column = dialect.quote(name);
    return `  cast(${column} as ${type}) as ${column}`;
  });
  return `select\n${columns.join(',\n')}\nfrom ${dialect.relation(entry.version)}`;
}

/** The statements that lead a published relation from what the catalog holds to what the step wants. */
export function stepStatements(dialect: Dialect, step: PublishStep, found: FoundPublished): StepStatements {
  const { before, after, change } = step;
  if (change === 'retired') return { statements: [], view: true, leftover: undefined };
  if (after === undefined) {
    const removed = before && found.catalog.find(before.relation);
    const statements = removed?.kind === before?.publish ? dropStatements(dialect, removed) : [];
    return { statements, view: true, leftover: undefined };
  }
  switch (after.publish) {
    case 'view':
      return viewStatements(dialect, before, after, found);
    case 'table':
      return tableStatements(dialect, before, after, found);
  }
}

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
    ...statementsOfTable(dialect, next, {
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
function isPrepared(dialect: Dialect, entry: PublicationEntry, catalog: RelationCatalog): boolean {
  const marker = readMarker(catalog.find(nextTable(dialect, entry))?.comment ?? null);
  return marker?.role === 'next' && marker.version === relationId(dialect, entry.version);
}

/** Whether a step copies its version to where it is published from, unless that is done before. */
export function needsCopy(dialect: Dialect, step: PublishStep, catalog: RelationCatalog): boolean {
  const { after, change } = step;
  if (after?.publish !== 'table' || change === 'retired') return false;
  return replacesRelation(dialect, step, catalog) && !isPrepared(dialect, after, catalog);
}

/** Whether a step makes another relation, not only other comments and grants on the one that is there. */
function replacesRelation(
  dialect: Dialect,
  { before, after }: Pick<PublishStep, 'before' | 'after'>,
  catalog: RelationCatalog,
): boolean {
  if (after === undefined || before === undefined) return true;
  const shape = ({ publish, columns, storage }: PublicationEntry) =>
    JSON.stringify([publish, storage.lateBinding, columns.map(({ name, type }) => [name, type])]);
  return (
    relationId(dialect, before.version) !== relationId(dialect, after.version) ||
    shape(before) !== shape(after) ||
    catalog.find(after.relation) === undefined
  );
}

function viewStatements(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
  { catalog, granted }: FoundPublished,
): StepStatements {
  const found = catalog.find(after.relation);
  const aside = found?.kind === 'table' ? moveAside(dialect, before, after, catalog) : nothingAside;
  if (!replacesRelation(dialect, { before, after }, catalog)) {
    const statements = properties(dialect, before, after, granted, false);
    return { statements, view: true, leftover: undefined };
  }
  const isReplaced = found?.kind === 'view' && isReplacedView(dialect, before, after);
  const dropped = found?.kind === 'view' && !isReplaced ? [dialect.dropView(after.relation)] : [];
  const statements = [
    ...aside.statements,
    ...dropped,
    dialect.createOrReplaceView(after.relation, publishedSelect(dialect, after), after.storage),
    ...properties(dialect, before, after, granted, !isReplaced),
  ];
  return { statements, view: true, leftover: aside.leftover };
}

function tableStatements(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
  { catalog, granted }: FoundPublished,
): StepStatements {
  if (!replacesRelation(dialect, { before, after }, catalog)) {
    const statements = properties(dialect, before, after, granted, false);
    return { statements, view: false, leftover: undefined };
  }
  const found = catalog.find(after.relation);
  const aside = found?.kind === 'table' ? moveAside(dialect, before, after, catalog) : nothingAside;
  const next = nextTable(dialect, after);
  const isReady = isPrepared(dialect, after, catalog);
  const stale = copiesOf(after.relation, catalog).filter(({ name }) => !isReady || name !== next.name);
  const statements = [
    ...stale.map((copy) => dialect.dropTable(copy)),
    ...(isReady ? [] : copyStatements(dialect, after)),
    ...aside.statements,
    ...(found?.kind === 'view' ? [dialect.dropView(found.relation)] : []),
    dialect.renameTable(next, after.relation.name),
    ...properties(dialect, before, after, granted, true),
  ];
  return { statements, view: false, leftover: aside.leftover };
}

/** Copies of a relation's versions. Another run's is dropped too: that run copies again when its turn comes. */
function copiesOf({ schema, name }: Relation, catalog: RelationCatalog): readonly Relation[] {
  return catalog.relations
    .filter(({ relation, comment }) => relation.schema === schema && readMarker(comment)?.role === 'next')
    .map(({ relation }) => relation)
    .filter((copy) => copy.name.startsWith(name) && SUFFIX.test(copy.name.slice(name.length)));
}

const SUFFIX = /^__[0-9a-f]{8}__next$/;

const nothingAside = { statements: [], leftover: undefined };

/** Renames the table that holds the name: ours to `__old`, to be dropped; an adopted one to `__adopted`, to stay. */
function moveAside(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
  catalog: RelationCatalog,
): { readonly statements: readonly string[]; readonly leftover: Relation | undefined } {
  if (before?.publish !== 'table') {
    const name = withSuffix(after.relation.name, '__adopted', dialect.identifierBytes);
    return { statements: [dialect.renameTable(after.relation, name)], leftover: undefined };
  }
  const old = oldTable(dialect, after.relation);
  const stale = catalog.find(old) !== undefined ? [dialect.dropTable(old)] : [];
  const statements = [
    ...stale,
    dialect.renameTable(after.relation, old.name),
    dialect.commentOnRelation('table', old, markerText({ role: 'old' })),
  ];
  return { statements, leftover: old };
}

/** Whether the engine lets `create or replace view` lead from what is published to what is wanted. */
function isReplacedView(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
): boolean {
  if (before === undefined || before.storage.lateBinding !== after.storage.lateBinding) return false;
  const { replaceView } = dialect.supports;
  if (replaceView === 'freely') return true;
  const kept = before.columns.every((column, position) => {
    const same = after.columns[position];
    return same?.name === column.name && same.type === column.type;
  });
  return kept && (replaceView === 'append' || before.columns.length === after.columns.length);
}

/** Whether a step drops or renames a relation that is there, which takes it away from the views that people built on it. */
export function takesAway(dialect: Dialect, step: PublishStep, catalog: RelationCatalog): boolean {
  const { before, after, change } = step;
  const found = catalog.find((after ?? before)?.relation ?? NOWHERE);
  if (found === undefined || change === 'retired') return false;
  if (after === undefined) return true;
  if (!replacesRelation(dialect, step, catalog)) return false;
  return found.kind === 'table' || after.publish === 'table' || !isReplacedView(dialect, before, after);
}

const NOWHERE: Relation = { schema: '', name: '' };

/** Comments and grants: by difference on a relation that stays, in full on a new one. */
function properties(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
  granted: GrantsOf,
  isFresh: boolean,
): string[] {
  const described = after.storage.lateBinding === true ? [] : commentStatements(dialect, before, after);
  return [...described, ...grantStatements(dialect, before, after, granted, isFresh)];
}

function dropStatements(dialect: Dialect, found: FoundRelation | undefined): string[] {
  if (found === undefined) return [];
  return [found.kind === 'view' ? dialect.dropView(found.relation) : dialect.dropTable(found.relation)];
}
