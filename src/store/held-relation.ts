import { outrunByPublishes, relationHeld } from '../diagnostic/catalogue/store-wait.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { type Row, type Session, WarehouseError } from '../warehouse/warehouse.ts';
import type { Environment } from './environment.ts';
import type { PublishStep } from './publish-decision.ts';
import { LostRace } from './publish-steps.ts';

/** A publish that gave way for too long. */
interface Wait {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly environment: Environment;
  /** The step that waited last, if one did. */
  readonly held: PublishStep | undefined;
  /** In milliseconds. */
  readonly waited: number;
}

/** What a publish fails with that has lost its patience: who was in its way, as far as that is known. */
export async function waitedTooLong(error: unknown, wait: Wait): Promise<unknown> {
  const { dialect, environment, held, waited } = wait;
  if (error instanceof LostRace)
    return new DiagnosticError([outrunByPublishes({ environment: environment.name, waited })]);
  const entry = held?.after ?? held?.before;
  if (entry === undefined || !(error instanceof WarehouseError) || error.limit === undefined) return error;
  const holders = await holdersOf(wait, entry.relation);
  const relation = dialect.relation(entry.relation);
  return new DiagnosticError([relationHeld({ node: entry.uniqueId, relation, holders, waited })]);
}

async function holdersOf({ session, dialect }: Wait, relation: Relation): Promise<readonly string[]> {
  const query = dialect.lockHoldersQuery(relation);
  if (query === undefined) return [];
  const { rows } = await session.query(query).catch(() => ({ rows: [] }));
  return rows.map(holderText);
}

/** `process 4711 of tableau (Tableau 2025.2), idle in transaction for 312 s`. */
function holderText({ pid, user_name, application, state, seconds }: Row): string {
  const program = application === null || application === '' ? '' : ` (${application})`;
  return `process ${pid} of ${user_name}${program}, ${state} for ${seconds} s`;
}
