import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { type FoundRelation, type RelationCatalog, relationId } from './catalog.ts';
import { markerText } from './marker.ts';
import { withSuffix } from './physical-name.ts';
import type { PublicationEntry } from './publication.ts';
import type { PublishStep } from './publish-decision.ts';
import { commentStatements } from './published-comments.ts';
import { type GrantsOf, grantStatements } from './published-grants.ts';
import { publishedSelect } from './published-select.ts';
import { copiesOf, copyStatements, isPrepared, nextTable, oldTable } from './table-copy.ts';

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
