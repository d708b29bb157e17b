import type { Dialect } from '../dialect/dialect.ts';
import { parseGrantee } from '../dialect/grantee.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { relationId } from './catalog.ts';
import type { Environment } from './environment.ts';
import type { PublishStep } from './publish-decision.ts';
import { type GrantsOf, granteeId } from './published-grants.ts';
import { readText } from './state-query.ts';

/**
 * The grants that a publish takes back and that may stand unseen: on an engine that does not show this user all of them, those
 * which the publication before has, as far as their grantees are still there.
 */
export async function hiddenGrants(
  session: Session,
  dialect: Dialect,
  { store }: Environment,
  steps: readonly PublishStep[],
): Promise<GrantsOf> {
  const withdrawn = new Map<string, readonly string[]>();
  if (dialect.supports.hidesGrants !== true) return () => [];
  for (const { before, after, change } of steps) {
    if (before === undefined || after === undefined || change === 'retired') continue;
    const kept = new Set(after.grants.map((grantee) => granteeId(dialect, grantee)));
    const gone = before.grants.filter((grantee) => !kept.has(granteeId(dialect, grantee)));
    if (gone.length > 0) withdrawn.set(relationId(dialect, after.relation), gone);
  }
  const unknown = await unknownGrantees(session, dialect, store, [...withdrawn.values()].flat());
  return (relation) =>
    (withdrawn.get(relationId(dialect, relation)) ?? []).filter((grantee) => !unknown.has(grantee));
}

/**
 * Those of the grantees, as they are written, whom the warehouse does not know. Where roles are hidden from this user a grant
 * on the store's schema, which is rolled back, tells whether one is there.
 */
export async function unknownGrantees(
  session: Session,
  dialect: Dialect,
  store: string,
  grantees: readonly string[],
): Promise<ReadonlySet<string>> {
  if (grantees.length === 0) return new Set();
  const known = new Set((await readGrantees(session, dialect)).map((one) => granteeId(dialect, one)));
  const unseen = [...new Set(grantees)].filter((grantee) => !known.has(granteeId(dialect, grantee)));
  const unknown = new Set<string>();
  for (const grantee of unseen) {
    const mayHide = dialect.supports.hidesGrants === true && parseGrantee(grantee).kind === 'role';
    if (!mayHide || (await isRefused(session, dialect.grantUsage(store, grantee)))) unknown.add(grantee);
  }
  return unknown;
}

/** Everyone whom the warehouse shows to this user, as the project would write them. */
export async function readGrantees(session: Session, dialect: Dialect): Promise<readonly string[]> {
  const { rows } = await session.query(dialect.granteesQuery());
  return rows.map((row) => readText(row, 'grantee'));
}

/** Whether a grant fails as its grantee is not there. Another failure leaves it to the grant that is meant. */
async function isRefused(session: Session, grant: string): Promise<boolean> {
  try {
    await session.transaction(async () => {
      await session.execute(grant);
      throw new Undone();
    });
  } catch (error) {
    return error instanceof WarehouseError && /\bdoes not exist\b/i.test(error.message);
  }
  return false;
}

/** Thrown to roll back what was only tried. */
class Undone extends Error {}
