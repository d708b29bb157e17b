import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { whilePassing } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { completeAttempt, readColumns, TakenOver } from './attempt.ts';
import { type Claim, releaseClaim } from './claim.ts';
import { readClock } from './clock.ts';
import { markerText } from './marker.ts';
import { lockingTransaction } from './state-lock.ts';
import { stateRelation, VERSION } from './state-table.ts';
import type { Version, VersionKind } from './version.ts';

/** What a build tells about its version. */
export interface VersionContent {
  readonly kind: VersionKind;
  readonly dependencies: readonly Relation[];
  readonly live: boolean;
  /** A view that is bound late, which can carry no comment. */
  readonly lateBinding?: boolean;
}

/**
 * Builds a claimed version in one transaction: `build` sends the statements that create `claim.relation`, `check` throws where
 * it was not made from what its key says, then comment and completed row follow. Whatever fails rolls all of it back; the claim
 * is released then.
 * Where state tables must be locked to be changed, builds would wait for each other: there check and row follow the
 * transaction, and should the run die between the two, the comment tells whoever claims next that the version is complete.
 */
export async function buildVersion(
  session: Session,
  dialect: Dialect,
  claim: Claim,
  content: VersionContent,
  build: () => Promise<void>,
  check: () => Promise<void> = async () => undefined,
): Promise<Version> {
  const started = performance.now();
  const table = stateRelation(claim.relation.schema, VERSION);
  const isRowApart = dialect.lockTable(table) !== undefined;
  try {
    const version = await session.transaction(async () => {
      await build();
      if (!isRowApart) await check();
      const created = await describe(session, dialect, claim, content, started);
      if (!isRowApart) await completeAttempt(session, created);
      return created;
    });
    const complete = () =>
      lockingTransaction(session, dialect, table, () => completeAttempt(session, version));
    if (isRowApart) {
      await check().catch(async (error: unknown) => {
        await drop(session, dialect, claim, content);
        throw error;
      });
      await whilePassing(complete);
    }
    return version;
  } catch (error) {
    if (isRowApart && error instanceof TakenOver) await drop(session, dialect, claim, content);
    await releaseClaim(session, claim).catch(() => undefined);
    throw error;
  }
}

/** Nobody knows of a version whose row follows apart, and does not come or came too late. */
async function drop(session: Session, dialect: Dialect, { relation }: Claim, { kind }: VersionContent) {
  const statement = kind === 'table' ? dialect.dropTable(relation) : dialect.dropView(relation);
  await session.execute(statement).catch(() => undefined);
}

/** Describes what was just created, to the engine's planner and in its comment. */
async function describe(
  session: Session,
  dialect: Dialect,
  claim: Claim,
  content: VersionContent,
  started: number,
): Promise<Version> {
  const { relation, key, node, attempt, run } = claim;
  const { lateBinding, ...described } = content;
  const { kind, live, dependencies } = described;
  const analyze = kind === 'table' ? dialect.analyzeTable(relation) : undefined;
  if (analyze !== undefined) await session.execute(analyze);
  const columns = await readColumns(session, dialect, relation);
  const builtAt = await readClock(session, dialect);
  const { runId } = run;
  const text = markerText({
    role: 'version',
    key,
    node,
    attempt,
    kind,
    live,
    dependencies,
    run: runId,
    builtAt,
  });
  if (lateBinding !== true) await session.execute(dialect.commentOnRelation(kind, relation, text));
  const durationMs = Math.round(performance.now() - started);
  return { relation, key, node, columns, ...described, runId, builtAt, durationMs };
}
