import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { foreignRelation, leftoverKept, versionVanished } from '../diagnostic/catalogue/store.ts';
import { type Diagnostic, DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { ensureSchemas, type RelationCatalog, readRelations } from './catalog.ts';
import { readClock } from './clock.ts';
import type { Environment } from './environment.ts';
import { readMarker } from './marker.ts';
import { type Publication, type PublicationEntry, publicationRows, readPublication } from './publication.ts';
import { decidePublish, type PublishDecision, type PublishStep } from './publish-decision.ts';
import type { PublishPlan, Superseded } from './publish-plan.ts';
import { copyStatements, nextTable, oldTable, stepStatements } from './published-relation.ts';
import { insertRows, readNumber, selectRows, updateRows } from './state-query.ts';
import { ENVIRONMENT, PUBLICATION, stateRelation } from './state-table.ts';

/** What became of a plan. */
export interface PublishOutcome {
  /** The new publication; null: there was nothing to publish, and none was made. */
  readonly sequence: number | null;
  /** Unique ids whose published relation was added or changed. */
  readonly published: readonly string[];
  readonly unchanged: readonly string[];
  readonly superseded: readonly Superseded[];
}

const ATTEMPTS = 100;
const LONGEST_WAIT_MS = 50;

/** Where and what is published, and who is told. */
export interface Publishing {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly environment: Environment;
  readonly plan: PublishPlan;
  /** The publication that a rollback brings back. */
  readonly restores?: number;
  readonly warn: Report;
  /** Once it is aborted nothing is published any more; `publish` throws its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Publishes in one transaction: compare-and-set on the environment's row, then the changed relations, grants and comments.
 * Creates schemas first, drops replaced tables after, also those that a killed publish left. Throws a DiagnosticError when a relation that modelwright did not
 * make holds a wanted name, or a version has vanished; WarehouseError otherwise. Nothing is published then.
 */
export async function publish(publishing: Publishing): Promise<PublishOutcome> {
  const { session, dialect, plan, warn, signal } = publishing;
  signal?.throwIfAborted();
  await ensureSchemas(
    session,
    dialect,
    plan.wanted.map(({ entry }) => entry.relation.schema),
  );
  for (let attempt = 1; ; attempt++) {
    const { decision, publication, abandoned } = await decide(publishing);
    if (decision.steps.length === 0) {
      await dropLeftovers(session, dialect, abandoned, warn);
      return outcome(decision, null);
    }
    try {
      const leftovers = await session.transaction(() => apply(publishing, decision, publication));
      await dropLeftovers(session, dialect, [...leftovers, ...abandoned], warn);
      return outcome(decision, publication.sequence);
    } catch (error) {
      if (!isLostRace(error) || attempt === ATTEMPTS) throw error;
      await wait(Math.random() * LONGEST_WAIT_MS);
    }
  }
}

/**
 * Copies the version of a `publish: table` entry to `<name>__next`, so that publishing need only rename it. Call it for
 * entries that do not show their version yet; what is not prepared, `publish` copies in its transaction.
 */
export async function prepareTable(
  session: Session,
  dialect: Dialect,
  entry: Pick<PublicationEntry, 'uniqueId' | 'relation' | 'version' | 'columns' | 'storage'>,
): Promise<void> {
  await ensureSchemas(session, dialect, [entry.relation.schema]);
  const next = nextTable(dialect, entry.relation);
  const found = (await readRelations(session, dialect, [next.schema])).find(next);
  if (found !== undefined && readMarker(found.comment)?.role !== 'next') {
    throw new DiagnosticError([foreign(dialect, next, found.kind, entry.uniqueId)]);
  }
  await session.transaction(async () => {
    if (found !== undefined) await session.execute(dialect.dropTable(next));
    for (const statement of copyStatements(dialect, entry)) await session.execute(statement);
  });
}

/** Thrown inside the transaction when another publish came first; never leaves this file. */
class LostRace extends Error {}

function isLostRace(error: unknown): boolean {
  return error instanceof LostRace || (error instanceof WarehouseError && error.kind === 'transient');
}

/** `abandoned` are replaced tables that a publish left which was killed before it could drop them. */
async function decide({ session, dialect, environment, plan, restores }: Publishing) {
  const sequence = await currentSequence(session, environment);
  const current = await readPublication(session, dialect, environment.store, sequence);
  const schemas = plan.wanted.map(({ entry }) => entry.relation.schema);
  const catalog = await readRelations(session, dialect, schemas);
  const publishedAt = await readClock(session, dialect);
  const decision = decidePublish(dialect, plan, current, catalog, publishedAt);
  const { runId, gitCommit } = plan;
  const publication = { sequence: sequence + 1, runId, gitCommit, publishedAt, restores: restores ?? null };
  const olds = plan.wanted.map(({ entry }) => oldTable(dialect, entry.relation));
  const abandoned = olds.filter((old) => readMarker(catalog.find(old)?.comment ?? null)?.role === 'old');
  return { decision, publication, abandoned };
}

/** The number of the publication that an environment shows now; 0: none yet. */
export async function currentSequence(session: Session, environment: Environment): Promise<number> {
  const table = stateRelation(environment.store, ENVIRONMENT);
  const [row] = await selectRows(session, table, { name: environment.name });
  return readNumber(row ?? {}, 'sequence');
}

/** The body of the publish transaction; gives the replaced tables that are to be dropped after it. */
async function apply(
  { session, dialect, environment, signal }: Publishing,
  decision: PublishDecision,
  publication: Omit<Publication, 'entries'>,
): Promise<Relation[]> {
  const { sequence, publishedAt } = publication;
  const swapped = await updateRows(
    session,
    stateRelation(environment.store, ENVIRONMENT),
    { sequence, published_at: publishedAt, writer: randomUUID() },
    { name: environment.name, sequence: sequence - 1 },
  );
  if (swapped !== 1) throw new LostRace();
  const catalog = await readRelations(session, dialect, concernedSchemas(decision.steps));
  const refused = decision.steps.flatMap((step) => refusals(dialect, step, catalog));
  if (refused.length > 0) throw new DiagnosticError(refused);
  const rows = publicationRows(publication, decision.entries);
  await insertRows(session, stateRelation(environment.store, PUBLICATION), rows);
  const steps = decision.steps.map((step) => stepStatements(dialect, step, catalog));
  const tablesFirst = [...steps.filter((step) => !step.view), ...steps.filter((step) => step.view)];
  for (const { statements } of tablesFirst) {
    for (const statement of statements) await session.execute(statement);
  }
  signal?.throwIfAborted();
  return steps.flatMap(({ leftover }) => (leftover === undefined ? [] : [leftover]));
}

function concernedSchemas(steps: readonly PublishStep[]): Set<string> {
  return new Set(
    steps.flatMap(({ before, after }) => {
      const entry = after ?? before;
      return entry === undefined ? [] : [entry.relation.schema, entry.version.schema];
    }),
  );
}

/** Why a step cannot be taken: a name that is somebody else's, a version that is gone. */
function refusals(
  dialect: Dialect,
  { before, after, change, adopt }: PublishStep,
  catalog: RelationCatalog,
): Diagnostic[] {
  if (after === undefined || change === 'retired') return [];
  const { uniqueId, relation, version } = after;
  const refused: Diagnostic[] = [];
  const found = catalog.find(relation);
  if (found !== undefined && found.kind !== before?.publish && !adopt) {
    refused.push(foreign(dialect, relation, found.kind, uniqueId));
  }
  for (const [helper, role] of [
    [nextTable(dialect, relation), 'next'],
    [oldTable(dialect, relation), 'old'],
  ] as const) {
    const taken = after.publish === 'table' || before?.publish === 'table' ? catalog.find(helper) : undefined;
    if (taken === undefined || readMarker(taken.comment)?.role === role) continue;
    refused.push(foreign(dialect, helper, taken.kind, uniqueId));
  }
  if (catalog.find(version) === undefined) {
    refused.push(versionVanished({ version: dialect.relation(version), node: uniqueId }));
  }
  return refused;
}

function foreign(dialect: Dialect, relation: Relation, kind: string, node: string): Diagnostic {
  return foreignRelation({ relation: dialect.relation(relation), kind, node });
}

async function dropLeftovers(
  session: Session,
  dialect: Dialect,
  leftovers: readonly Relation[],
  warn: Report,
): Promise<void> {
  for (const leftover of leftovers) {
    try {
      await session.execute(dialect.dropTable(leftover));
    } catch (error) {
      warn(leftoverKept({ relation: dialect.relation(leftover), reason: (error as Error).message }));
    }
  }
}

function outcome(decision: PublishDecision, sequence: number | null): PublishOutcome {
  const published = decision.steps.flatMap(({ after, change }) =>
    after !== undefined && change !== 'retired' ? [after.uniqueId] : [],
  );
  return { sequence, published, unchanged: decision.unchanged, superseded: decision.superseded };
}
