import { setTimeout as wait } from 'node:timers/promises';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import { type Row, type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { readRelations } from './catalog.ts';
import { readClock } from './clock.ts';
import { markerText } from './marker.ts';
import { physicalName } from './physical-name.ts';
import { isAlive, type RunIdentity, readRun } from './run-record.ts';
import { insertRows, readNumber, readText, selectRows, updateRows } from './state-query.ts';
import { stateRelation, VERSION } from './state-table.ts';
import { forgetVersions, toVersion, type Version, type VersionColumn, type VersionKind } from './version.ts';

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

/** What a build tells about its version. */
export interface VersionContent {
  readonly kind: VersionKind;
  readonly dependencies: readonly Relation[];
  readonly live: boolean;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;
const INSERT_ATTEMPTS = 10;
const RELEASE_ATTEMPTS = 7;

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
    const attempts = await readAttempts(session, request);
    const built = request.rebuild === true ? undefined : await findBuilt(session, dialect, request, attempts);
    if (built !== undefined) return { kind: 'built', version: built };
    if (await isBeingBuilt(session, dialect, request, attempts)) {
      await wait(pause, undefined, { signal: request.signal });
      continue;
    }
    const claim = claimAfter(attempts, request, dialect);
    try {
      await insertClaim(session, dialect, claim);
      return { kind: 'claimed', claim };
    } catch (error) {
      const outrun = (await readAttempts(session, request)).length > attempts.length;
      if (!outrun && ++failures === INSERT_ATTEMPTS) throw error;
    }
  }
}

/**
 * Builds a claimed version in one transaction: `build` sends the statements that create `claim.relation`,
 * then comment and completed row follow. Whatever fails rolls all of it back; the claim is released then.
 */
export async function buildVersion(
  session: Session,
  dialect: Dialect,
  claim: Claim,
  content: VersionContent,
  build: () => Promise<void>,
): Promise<Version> {
  const started = performance.now();
  try {
    return await session.transaction(async () => {
      await build();
      const columns = await readColumns(session, dialect, claim.relation);
      const builtAt = await readClock(session, dialect);
      await session.execute(commentStatement(dialect, claim, content, builtAt));
      const { relation, key, node, run } = claim;
      const durationMs = Math.round(performance.now() - started);
      const version: Version = {
        relation,
        key,
        node,
        columns,
        ...content,
        runId: run.runId,
        builtAt,
        durationMs,
      };
      await complete(session, version);
      return version;
    });
  } catch (error) {
    await releaseClaim(session, claim).catch(() => undefined);
    throw error;
  }
}

/**
 * Gives a claim up, so that a waiting run takes over at once; for builds that end before buildVersion. What made a build
 * fail may stand in the way of this too, and a claim that is kept would be waited for, by a retry of this very run as well.
 */
export async function releaseClaim(session: Session, claim: Claim): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await endAttempt(session, claim.relation, 'failed');
    } catch (error) {
      const passes = error instanceof WarehouseError && error.kind === 'transient';
      if (!passes || attempt === RELEASE_ATTEMPTS) throw error;
      await wait(FIRST_WAIT_MS * 2 ** attempt);
    }
  }
}

/** All rows of a key, first attempt first; tombstones too, whose names stay taken. */
async function readAttempts(session: Session, request: ClaimRequest): Promise<readonly Row[]> {
  const table = stateRelation(request.store, VERSION);
  return selectRows(session, table, { version_key: request.key }, ['attempt']);
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

/** Whether a live run is building the key; the attempts of dead runs are marked as abandoned on the way. */
async function isBeingBuilt(
  session: Session,
  dialect: Dialect,
  { store, run }: ClaimRequest,
  attempts: readonly Row[],
): Promise<boolean> {
  for (const row of attempts.filter((attempt) => attempt['status'] === 'building')) {
    const builder = await readRun(session, store, readText(row, 'run_id'));
    const now = await readClock(session, dialect);
    if (builder !== undefined && isAlive(builder, { process: run.process, now, dialect })) return true;
    const relation = { schema: store, name: readText(row, 'physical_name') };
    await endAttempt(session, relation, 'abandoned');
  }
  return false;
}

function claimAfter(attempts: readonly Row[], request: ClaimRequest, dialect: Dialect): Claim {
  const last = attempts.at(-1);
  const attempt = last === undefined ? 1 : readNumber(last, 'attempt') + 1;
  const name = physicalName(request.name, request.key, attempt, dialect.identifierBytes);
  const { store, key, node, run } = request;
  return { relation: { schema: store, name }, key, node, attempt, run };
}

async function insertClaim(session: Session, dialect: Dialect, claim: Claim): Promise<void> {
  await insertRows(session, stateRelation(claim.relation.schema, VERSION), [
    {
      physical_name: claim.relation.name,
      version_key: claim.key,
      attempt: claim.attempt,
      node: claim.node,
      status: 'building',
      run_id: claim.run.runId,
      claimed_at: await readClock(session, dialect),
    },
  ]);
}

async function readColumns(session: Session, dialect: Dialect, relation: Relation): Promise<VersionColumn[]> {
  const { columns } = await session.query(`select * from ${dialect.relation(relation)} limit 0`);
  return columns.map(({ name, type }) => ({ name, type }));
}

function commentStatement(dialect: Dialect, claim: Claim, content: VersionContent, builtAt: string): string {
  const { key, node, attempt } = claim;
  const { kind, live, dependencies } = content;
  const run = claim.run.runId;
  const text = markerText({ role: 'version', key, node, attempt, kind, live, dependencies, run, builtAt });
  return dialect.commentOnRelation(kind, claim.relation, text);
}

async function complete(session: Session, version: Version): Promise<void> {
  const { relation } = version;
  const changed = await updateRows(
    session,
    stateRelation(relation.schema, VERSION),
    {
      status: 'complete',
      kind: version.kind,
      columns: JSON.stringify(version.columns),
      dependencies: JSON.stringify(version.dependencies),
      live: version.live,
      completed_at: version.builtAt,
      duration_ms: version.durationMs,
    },
    { physical_name: relation.name, status: 'building' },
  );
  if (changed !== 1)
    throw new Error(`Another run took over the build of "${relation.name}": this run seemed dead.`);
}

async function endAttempt(
  session: Session,
  relation: Relation,
  status: 'failed' | 'abandoned',
): Promise<void> {
  const table = stateRelation(relation.schema, VERSION);
  await updateRows(session, table, { status }, { physical_name: relation.name, status: 'building' });
}
