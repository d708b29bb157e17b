import { addTo } from '../diagnostic/lists-by-key.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { parseGrantee } from '../dialect/grantee.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { relationId } from './catalog.ts';
import type { PublicationEntry } from './publication.ts';
import type { PublishStep } from './publish-decision.ts';
import { readText } from './state-query.ts';

/** Who may select from relations now, whoever granted it; some more than once. */
export type GrantsOf = (relation: Relation) => readonly string[];

/** Reads the grants on all relations of the schemas; an engine without grants has none. */
export async function readGrants(
  session: Session,
  dialect: Dialect,
  schemas: Iterable<string>,
): Promise<GrantsOf> {
  const names = [...new Set(schemas)];
  if (!dialect.supports.grants || names.length === 0) return () => [];
  const { rows } = await session.query(dialect.grantsQuery(names));
  const grantees = new Map<string, string[]>();
  for (const row of rows) {
    const relation = { schema: readText(row, 'table_schema'), name: readText(row, 'table_name') };
    const id = relationId(dialect, relation);
    addTo(grantees, id, readText(row, 'grantee'));
  }
  return (relation) => grantees.get(relationId(dialect, relation)) ?? [];
}

/** Who a grantee is, however written: `bi` and `group bi` are one where a grant to either says the same. */
export function granteeId(dialect: Dialect, written: string): string {
  const { kind, name } = parseGrantee(written);
  const word = kind === 'group' || kind === 'role' ? `${kind} ` : '';
  return dialect.grantSelect({ schema: '', name: '' }, word + dialect.fold(name));
}

/**
 * The grants of a published relation: by difference on one that stays; on one that is made anew all of them, also those that
 * people gave the relation before it. Only what modelwright granted is ever revoked, and only where it still stands.
 */
export function grantStatements(
  dialect: Dialect,
  before: PublicationEntry | undefined,
  after: PublicationEntry,
  granted: GrantsOf,
  isFresh: boolean,
): string[] {
  if (!dialect.supports.grants) return [];
  const isBefore = among(dialect, before?.grants ?? []);
  const isAfter = among(dialect, after.grants);
  const others = granted(after.relation).filter((grantee) => !isAfter(grantee));
  if (isFresh) {
    const kept = others.filter((grantee) => !isBefore(grantee));
    return grantAll(dialect, after.relation, [...after.grants, ...kept]);
  }
  const withdrawn = others.filter(isBefore).map((grantee) => dialect.revokeSelect(after.relation, grantee));
  const added = after.grants.filter((grantee) => !isBefore(grantee));
  return [...new Set(withdrawn), ...grantAll(dialect, after.relation, added)];
}

function grantAll(dialect: Dialect, relation: Relation, grantees: readonly string[]): string[] {
  return [...new Set(grantees.map((grantee) => dialect.grantSelect(relation, grantee)))];
}

function among(dialect: Dialect, grantees: readonly string[]): (grantee: string) => boolean {
  const ids = new Set(grantees.map((grantee) => granteeId(dialect, grantee)));
  return (grantee) => ids.has(granteeId(dialect, grantee));
}

/** Whoever may select from a relation must be able to reach it: one statement for each schema and grantee that is new there. */
export function usageStatements(dialect: Dialect, steps: readonly PublishStep[]): string[] {
  if (!dialect.supports.grants) return [];
  const statements = steps.flatMap(({ before, after }) => {
    const isBefore = among(dialect, before?.grants ?? []);
    return (after?.grants ?? [])
      .filter((grantee) => !isBefore(grantee))
      .map((grantee) => dialect.grantUsage(after?.relation.schema ?? '', grantee));
  });
  return [...new Set(statements)];
}
