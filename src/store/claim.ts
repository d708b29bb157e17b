import { setTimeout as wait } from 'node:timers/promises';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { whilePassing } from '../warehouse/retry.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { completeFromComment, endAttempt, readAttempts } from './attempt.ts';
import { readRelations } from './catalog.ts';
import { readClock } from './clock.ts';
import { physicalName } from './physical-name.ts';
import { isAlive, lookAround, type RunIdentity, readRun } from './run-record.ts';
import { lockingTransaction } from './state-lock.ts';
import { insertRows, readNumber, readText } from './state-query.ts';
import { stateRelation, VERSION } from './state-table.ts';
import { forgetVersions, toVersion, type Version } from './version.ts';

/** A claim is the right to build one version: its row exists, with status `building`. */
export interface Claim {
  readonly relation: Relation;
  readonly key: string;
  readonly node: string;
  readonly attempt: number;
  readonly run: RunIdentity;
}

export interface ClaimRequest {
  readonly store: string;
  readonly key: string;
  /** Unique id. */
  readonly node: string;
  /** The node's name; the physical name begins with it. */
  readonly name: string;
  readonly run: RunIdentity;
  /** Build another version even where one with this key is complete (`--full-refresh`, `--verify-reuse`). */
  readonly rebuild?: boolean;
  /** Stops waiting for another run's build; claimVersion throws its reason. */
  readonly signal?: AbortSignal;
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Another run had built it, or built it while this one waited. */
  | { readonly kind: 'built'; readonly version: Version };

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;
const INSERT_ATTEMPTS = 10;

/**
 * Claims the right to build a version, by inserting its row. Of two builds of one key the loser waits for the winner's row,
 * and takes over when the winner failed or its run is dead. The relation's name is free: no two attempts share one.
 */
export async function claimVersion(
  session: Session,
  dialect: Dialect,
  request: ClaimRequest,
): Promise<ClaimResult> {
  let failures = 0;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    request.signal?.throwIfAborted();
    const attempts = await readAttempts(session, request.store, request.key);
    const built = request.rebuild === true ? undefined : await findBuilt(session, dialect, request, attempts);
    if (built !== undefined) return { kind: 'built', version: built };
    const builders = await lookAtBuilders(session, dialect, request, attempts);
    if (builders === 'at work') await wait(pause, undefined, { signal: request.signal });
    if (builders !== 'none') continue;
    const claim = claimAfter(attempts, request, dialect);
    const isOutrun = async () =>
      (await readAttempts(session, request.store, request.key)).length > attempts.length;
    try {
      if (await insertClaim(session, dialect, claim, isOutrun)) return { kind: 'claimed', claim };
    } catch (error) {
      if (!(await isOutrun()) && ++failures === INSERT_ATTEMPTS) throw error;
    }
  }
}

/** The version that the key has; one that somebody dropped is tombstoned on the way. */
async function findBuilt(
  session: Session,
  dialect: Dialect,
  { store }: ClaimRequest,
  attempts: readonly Row[],
): Promise<Version | undefined> {
  const row = attempts.findLast(({ status, pruned_at }) => status === 'complete' && pruned_at === null);
  if (row === undefined) return undefined;
  const version = toVersion(store, row);
  const catalog = await readRelations(session, dialect, [store]);
  if (catalog.find(version.relation) !== undefined) return version;
  await forgetVersions(session, dialect, store, [version.relation]);
  return undefined;
}

/**
 * Whether a live run is building the key. The attempts of dead runs are ended on the way: as complete where only their record
 * was missing, else as abandoned. So are those of this very run for the same node: it tries again, and either did not hear
 * that its claim was taken, or could not give it up.
 */
async function lookAtBuilders(
  session: Session,
  dialect: Dialect,
  { store, node, run }: ClaimRequest,
  attempts: readonly Row[],
): Promise<'at work' | 'completed' | 'none'> {
  let completed = false;
  for (const row of attempts.filter((attempt) => attempt['status'] === 'building')) {
    const builder = await readRun(session, store, readText(row, 'run_id'));
    const here = await lookAround(session, dialect, run.process);
    const isOwn = builder?.runId === run.runId && row['node'] === node;
    if (builder !== undefined && !isOwn && isAlive(builder, here)) return 'at work';
    const relation = { schema: store, name: readText(row, 'physical_name') };
    if (await completeFromComment(session, dialect, relation)) completed = true;
    else await endAttempt(session, relation, 'abandoned');
  }
  return completed ? 'completed' : 'none';
}

function claimAfter(attempts: readonly Row[], request: ClaimRequest, dialect: Dialect): Claim {
  const last = attempts.at(-1);
  const attempt = last === undefined ? 1 : readNumber(last, 'attempt') + 1;
  // As the engine compares names, so that one from its catalog is the one in the state.
  const name = dialect.fold(physicalName(request.name, request.key, attempt, dialect.identifierBytes));
  const { store, key, node, run } = request;
  return { relation: { schema: store, name }, key, node, attempt, run };
}

/** Inserts the row of a claim; false, or an error of the engine, where another run has the attempt. */
async function insertClaim(
  session: Session,
  dialect: Dialect,
  claim: Claim,
  isOutrun: () => Promise<boolean>,
): Promise<boolean> {
  const table = stateRelation(claim.relation.schema, VERSION);
  const row = {
    physical_name: claim.relation.name,
    version_key: claim.key,
    attempt: claim.attempt,
    node: claim.node,
    status: 'building',
    run_id: claim.run.runId,
    claimed_at: await readClock(session, dialect),
  };
  if (dialect.supports.enforcedKeys) {
    await insertRows(session, table, [row]);
    return true;
  }
  return lockingTransaction(session, dialect, table, async () => {
    if (await isOutrun()) return false;
    await insertRows(session, table, [row]);
    return true;
  });
}

/**
 * Gives a claim up, so that a waiting run takes over at once; for builds that end before buildVersion. What made a build
 * fail may stand in the way of this too, and a claim that is kept would be waited for, by a retry of this very run as well.
 */
export async function releaseClaim(session: Session, claim: Claim): Promise<void> {
  await whilePassing(() => endAttempt(session, claim.relation, 'failed'));
}
