import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { rollbackOutrun } from '../diagnostic/catalogue/store.ts';
import { leftoverKept, retiredHeld } from '../diagnostic/catalogue/store-kept.ts';
import { DiagnosticError, type Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { whilePassing } from '../warehouse/retry.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { ensureSchemas, type RelationCatalog, readRelations } from './catalog.ts';
import { readClock } from './clock.ts';
import { readDependentViews } from './dependent-views.ts';
import type { Environment } from './environment.ts';
import { waitedTooLong } from './held-relation.ts';
import { type HeldRetirement, withoutHeld } from './held-retirement.ts';
import { hiddenGrants } from './hidden-grants.ts';
import { readMarker } from './marker.ts';
import { prepareSteps } from './prepare-table.ts';
import { type Publication, publicationRows, readPublication } from './publication.ts';
import { decidePublish, type PublishDecision, type PublishStep } from './publish-decision.ts';
import type { PublishPlan, Superseded } from './publish-plan.ts';
import { stepRefusals } from './publish-refusal.ts';
import { inOrder, isLostRace, LostRace, takeSteps } from './publish-steps.ts';
import { type GrantsOf, readGrants, usageStatements } from './published-grants.ts';
import { stepStatements } from './published-relation.ts';
import { lockingTransaction } from './state-lock.ts';
import { insertRows, readNumber, readTextOrNull, selectRows, updateRows } from './state-query.ts';
import { ENVIRONMENT, PUBLICATION, stateRelation } from './state-table.ts';
import { oldTable } from './table-copy.ts';

/** What became of a plan. */
export interface PublishOutcome {
  /** The new publication; null: there was nothing to publish, and none was made. */
  readonly sequence: number | null;
  /** Unique ids whose published relation was added or changed. */
  readonly published: readonly string[];
  readonly unchanged: readonly string[];
  readonly superseded: readonly Superseded[];
}

/** For so long a publish gives way to readers and to other publishes, and tries again, unless it is told otherwise. */
const PATIENCE_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 500;

/** Where and what is published, and who is told. */
export interface Publishing {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly environment: Environment;
  readonly plan: PublishPlan;
  /** For a rollback: the publication that it was planned over, and the one that it brings back. */
  readonly rollback?: { readonly from: number; readonly restores: number };
  readonly warn: Report;
  /** In milliseconds. */
  readonly patience?: number;
  /** Once it is aborted nothing is published any more; `publish` throws its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Publishes in one transaction: compare-and-set on the environment's row, then the changed relations, grants and comments.
 * Creates schemas first, drops replaced tables after, also those that a killed publish left; a retired relation that views of
 * people stand on stays, with a warning. Throws a DiagnosticError when a relation that modelwright did not make holds a wanted
 * name, a version has vanished, or somebody published since a rollback was planned; WarehouseError otherwise. Nothing is
 * published then.
 */
export async function publish(publishing: Publishing): Promise<PublishOutcome> {
  const { session, dialect, plan, signal } = publishing;
  signal?.throwIfAborted();
  const schemas = plan.wanted.map(({ entry }) => entry.relation.schema);
  await whilePassing(() => ensureSchemas(session, dialect, schemas));
  const begun = Date.now();
  const contested: string[] = [];
  let tried: Decided | undefined;
  for (let attempt = 1; ; attempt++) {
    const known = contested.length;
    try {
      const decided: Decided = await decide(publishing, tried?.writer);
      const { decision, publication } = decided;
      if (tried !== undefined && decided.lastWriter === tried.writer) {
        await finish(publishing, decided);
        return outcome(tried.decision, tried.publication.sequence);
      }
      if (decision.steps.length === 0) {
        await finish(publishing, decided);
        return outcome(decision, null);
      }
      tried = decided;
      await prepareSteps(session, dialect, decision.steps, decided.catalog);
      const table = stateRelation(publishing.environment.store, ENVIRONMENT);
      const leftovers = await lockingTransaction(session, dialect, table, async () => {
        for (const setting of dialect.publishSettings(attempt)) await session.execute(setting);
        return apply(publishing, decided, attempt, contested);
      });
      await finish(publishing, decided, leftovers);
      return outcome(decision, publication.sequence);
    } catch (error) {
      if (!isLostRace(error, dialect)) throw error;
      const waited = Date.now() - begun;
      if (waited > (publishing.patience ?? PATIENCE_MS)) {
        const held = contested.length > known ? stepOf(tried, contested[0]) : undefined;
        throw await waitedTooLong(error, { ...publishing, waited, held });
      }
      await wait(Math.random() * Math.min(10 * 2 ** attempt, LONGEST_WAIT_MS), undefined, { signal });
    }
  }
}

interface Decided {
  /** The mark that this try leaves on the environment, and the one that is there: the same, where the try before it was lost only to us. */
  readonly writer: string;
  readonly lastWriter: string | null;
  readonly decision: PublishDecision;
  readonly catalog: RelationCatalog;
  /** Grants of the publication before that may stand although the catalog does not show them. */
  readonly hidden: GrantsOf;
  readonly publication: Omit<Publication, 'entries'>;
  /** Replaced tables that a publish left which was killed before it could drop them. */
  readonly abandoned: readonly Relation[];
  readonly held: readonly HeldRetirement[];
}

/** `own` is the mark of the try before. */
async function decide(publishing: Publishing, own: string | undefined): Promise<Decided> {
  const { session, dialect, environment, rollback } = publishing;
  const { sequence, writer } = await readEnvironment(session, environment);
  if (rollback !== undefined && sequence !== rollback.from && writer !== own)
    throw new DiagnosticError([rollbackOutrun({ environment: environment.name })]);
  const current = await readPublication(session, dialect, environment.store, sequence);
  const { plan, held } =
    rollback === undefined
      ? await withoutHeld(session, dialect, publishing.plan)
      : { plan: publishing.plan, held: [] };
  const schemas = plan.wanted.map(({ entry }) => entry.relation.schema);
  const catalog = await readRelations(session, dialect, schemas);
  const publishedAt = await readClock(session, dialect);
  const decision = decidePublish(dialect, plan, current, catalog, publishedAt);
  const { runId, gitCommit } = plan;
  const publication = {
    sequence: sequence + 1,
    runId,
    gitCommit,
    publishedAt,
    restores: rollback?.restores ?? null,
  };
  const hidden = await hiddenGrants(session, dialect, environment, decision.steps);
  const olds = plan.wanted.map(({ entry }) => oldTable(dialect, entry.relation));
  const abandoned = olds.filter((old) => readMarker(catalog.find(old)?.comment ?? null)?.role === 'old');
  return {
    writer: randomUUID(),
    lastWriter: writer,
    decision,
    catalog,
    hidden,
    publication,
    abandoned,
    held,
  };
}

function stepOf(tried: Decided | undefined, id: string | undefined): PublishStep | undefined {
  return tried?.decision.steps.find((step) => step.id === id);
}

/** The number of the publication that an environment shows now; 0: none yet. */
export async function currentSequence(session: Session, environment: Environment): Promise<number> {
  return (await readEnvironment(session, environment)).sequence;
}

async function readEnvironment(session: Session, environment: Environment) {
  const table = stateRelation(environment.store, ENVIRONMENT);
  const [row = {}] = await selectRows(session, table, { name: environment.name });
  return { sequence: readNumber(row, 'sequence'), writer: readTextOrNull(row, 'writer') };
}

/** The body of the publish transaction; gives the replaced tables that are to be dropped after it. */
async function apply(
  { session, dialect, environment, signal }: Publishing,
  { decision, hidden, publication, writer }: Decided,
  attempt: number,
  contested: string[],
): Promise<Relation[]> {
  const { sequence, publishedAt } = publication;
  const swapped = await updateRows(
    session,
    stateRelation(environment.store, ENVIRONMENT),
    { sequence, published_at: publishedAt, writer },
    { name: environment.name, sequence: sequence - 1 },
  );
  if (swapped !== 1) throw new LostRace();
  const schemas = concernedSchemas(decision.steps);
  const catalog = await readRelations(session, dialect, schemas);
  const shown = await readGrants(session, dialect, schemas);
  const granted: GrantsOf = (relation) => [...shown(relation), ...hidden(relation)];
  const dependents = await readDependentViews(session, dialect, publishedSchemas(decision.steps));
  const refused = decision.steps.flatMap((step) => stepRefusals(dialect, step, { catalog, dependents }));
  if (refused.length > 0) throw new DiagnosticError(refused);
  const rows = publicationRows(publication, decision.entries);
  await insertRows(session, stateRelation(environment.store, PUBLICATION), rows);
  for (const statement of usageStatements(dialect, decision.steps)) await session.execute(statement);
  const steps = decision.steps.map((step) => ({
    id: step.id,
    ...stepStatements(dialect, step, { catalog, granted }),
  }));
  if (attempt === 1) await session.executeAll(inOrder(steps, []).flatMap(({ statements }) => statements));
  else await takeSteps(session, dialect, inOrder(steps, contested), contested);
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

function publishedSchemas(steps: readonly PublishStep[]): Set<string> {
  return new Set(steps.flatMap(({ before, after }) => (after ?? before)?.relation.schema ?? []));
}

/** Drops what nobody needs any more, and says what is kept although its time is over. */
async function finish(
  { session, dialect, warn }: Publishing,
  { abandoned, held }: Decided,
  replaced: readonly Relation[] = [],
): Promise<void> {
  for (const leftover of [...replaced, ...abandoned]) {
    try {
      await session.execute(dialect.dropTable(leftover));
    } catch (error) {
      warn(leftoverKept({ relation: dialect.relation(leftover), reason: (error as Error).message }));
    }
  }
  for (const { relation, views } of held)
    warn(retiredHeld({ relation: dialect.relation(relation), views: views.map(dialect.relation) }));
}

function outcome(decision: PublishDecision, sequence: number | null): PublishOutcome {
  const published = decision.steps.flatMap(({ after, change }) =>
    after !== undefined && change !== 'retired' ? [after.uniqueId] : [],
  );
  return { sequence, published, unchanged: decision.unchanged, superseded: decision.superseded };
}
