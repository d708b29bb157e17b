import type { Dialect } from '../dialect/dialect.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';

/** Thrown inside the transaction when another publish came first; never leaves the publish. */
export class LostRace extends Error {}

/** Whether a publish is worth another try: others were faster, or hold what it changes. */
export function isLostRace(error: unknown, { supports }: Dialect): boolean {
  if (error instanceof LostRace) return true;
  if (!(error instanceof WarehouseError)) return false;
  return error.kind === 'transient' || (supports.limitsStatements === true && error.limit === 'statement');
}

/** Takes one step after the other, which takes longer, and finds out what somebody else holds. */
export async function takeSteps(
  session: Session,
  dialect: Dialect,
  steps: readonly { readonly id: string; readonly statements: readonly string[] }[],
  contested: string[],
): Promise<void> {
  for (const { id, statements } of steps) {
    try {
      await session.executeAll(statements);
    } catch (error) {
      if (isLostRace(error, dialect)) contested.unshift(id);
      throw error;
    }
  }
}

/**
 * Tables before views, so that readers wait for views the shortest time; but first what another held in the tries before,
 * the last of them at the head. A transaction that reads what we have yet to change and waits for what we have changed
 * would stop us every time; taken in the order in which it reads, it lets us through.
 */
export function inOrder<Step extends { readonly id: string; readonly view: boolean }>(
  steps: readonly Step[],
  contested: readonly string[],
): readonly Step[] {
  const rank = ({ id, view }: Step) => {
    const place = contested.indexOf(id);
    if (place >= 0) return place;
    return contested.length + (view ? 1 : 0);
  };
  return steps.toSorted((a, b) => rank(a) - rank(b));
}
