import { bindCompiled } from '../compile/bound-sql.ts';
import { sqlPlace } from '../compile/sql-place.ts';
import { freshnessFailed, noLoadedAt } from '../diagnostic/catalogue/freshness.ts';
import { counted } from '../diagnostic/counted.ts';
import { type Diagnostic, DiagnosticError } from '../diagnostic/diagnostic.ts';
import { type CompiledFreshness, sourceTitle } from '../freshness/compile-freshness.ts';
import { type FreshnessStatus, freshnessStatus } from '../freshness/freshness-status.ts';
import { asOfInstant, parseInstant } from '../freshness/instant.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Freshness } from '../manifest/freshness.ts';
import type { SourceNode } from '../manifest/node.ts';
import { readClock } from '../store/clock.ts';
import { readLastLoads } from '../store/last-loads.ts';
import { withRetries } from '../warehouse/retry.ts';
import { type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { schedule } from './schedule.ts';
import { type SessionPool, withSessionPool } from './session-pool.ts';

/** How fresh a source was found. */
export type FreshnessResult = {
  readonly node: SourceNode;
  readonly freshness: Freshness;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** From 1. */
  readonly thread: number;
} & (MeasuredFreshness | FailedFreshness);

export interface MeasuredFreshness {
  readonly status: FreshnessStatus;
  /** When the newest rows were loaded; undefined: there are none. */
  readonly maxLoadedAt: Date | undefined;
  /** The instant that the age is measured against. */
  readonly snapshottedAt: Date;
  /** In seconds; below zero where the user's own query found rows that are newer than that instant. */
  readonly age: number | undefined;
  /** The newest of rows that are newer than that instant and therefore not looked at; undefined: none are known. */
  readonly ahead: Date | undefined;
}

export interface FailedFreshness {
  readonly status: 'runtime error';
  readonly diagnostic: Diagnostic;
}

/** What measuring takes, and whom it tells. */
export interface MeasureInput {
  readonly dag: Dag;
  readonly sources: readonly CompiledFreshness[];
  readonly warehouse: Warehouse;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
  /** Told each result as it comes. */
  readonly tell: (result: FreshnessResult) => void;
}

/**
 * Measures how old the newest rows of sources are: against the end of the project's `as_of_date`, else by the warehouse's clock,
 * which also measures what is known from loads only. Sources are looked at on as many threads as the target has.
 */
export async function measureFreshness(input: MeasureInput): Promise<readonly FreshnessResult[]> {
  return withSessionPool(input, (pool) => measureAll(input, pool));
}

async function measureAll(input: MeasureInput, pool: SessionPool): Promise<readonly FreshnessResult[]> {
  const { dag, sources, warehouse, signal, clock, tell } = input;
  const { target, variables } = dag.manifest.project;
  const asOf = asOfInstant(variables.get('as_of_date')?.value);
  const main = await pool.of('main');
  const now = instantOf(await readClock(main, warehouse.dialect));
  const isByLoad = sources.some(({ query }) => query === undefined);
  const loads = isByLoad ? await readLastLoads(main, warehouse.dialect, target.schema) : new Map();
  const measurement: Measurement = { input, now, asOf: asOf ?? now, loads };
  const results = new Map<string, FreshnessResult>();
  const byId = new Map(sources.map((source) => [source.node.uniqueId, source]));
  await schedule(
    [...byId.keys()].map((id) => ({ id, after: [], weight: 1 })),
    { threads: target.threads, failFast: false, signal },
    {
      perform: async (id, thread) => {
        const source = byId.get(id);
        if (source === undefined) throw new Error(`This is a bug: "${id}" is not measured.`);
        const { node, freshness } = source;
        const startedAt = clock();
        const found = await measured(measurement, source, await pool.of(thread));
        const result = { node, freshness, startedAt, finishedAt: clock(), thread: thread + 1, ...found };
        results.set(id, result);
        tell(result);
        return 'succeeded';
      },
      skip: () => undefined,
    },
  );
  signal.throwIfAborted();
  return [...byId.keys()].flatMap((id) => results.get(id) ?? []);
}

/** What the measuring of all sources has in common. */
interface Measurement {
  readonly input: MeasureInput;
  readonly now: Date;
  readonly asOf: Date;
  readonly loads: ReadonlyMap<string, string>;
}

async function measured(
  measurement: Measurement,
  source: CompiledFreshness,
  session: Session,
): Promise<MeasuredFreshness | FailedFreshness> {
  try {
    const isByLoad = source.query === undefined;
    const [maxLoadedAt, newest] = isByLoad
      ? [lastLoad(measurement, source)]
      : await withRetries(measurement.input.signal, () => newestRows(measurement.input, source, session));
    const snapshottedAt = isByLoad ? measurement.now : measurement.asOf;
    const age = maxLoadedAt && (snapshottedAt.getTime() - maxLoadedAt.getTime()) / 1000;
    const ahead = newest?.getTime() === maxLoadedAt?.getTime() ? undefined : newest;
    return { status: freshnessStatus(source.freshness, age), maxLoadedAt, snapshottedAt, age, ahead };
  } catch (error) {
    if (error instanceof DiagnosticError && error.diagnostics[0] !== undefined)
      return { status: 'runtime error', diagnostic: error.diagnostics[0] };
    throw error;
  }
}

function lastLoad({ loads }: Measurement, { freshness }: CompiledFreshness): Date | undefined {
  const { loadedAt } = freshness;
  const last = loadedAt.kind === 'load' ? loads.get(loadedAt.table) : undefined;
  return last === undefined ? undefined : instantOf(last);
}

/** When the newest rows were loaded; for a field as of a day also those after it. */
async function newestRows(
  { dag, warehouse }: MeasureInput,
  { node, query, freshness: { loadedAt } }: CompiledFreshness,
  session: Session,
): Promise<readonly (Date | undefined)[]> {
  if (query === undefined || loadedAt.kind === 'load') return [];
  const bound = bindCompiled(query, (id) => warehouse.dialect.relation(relationOf(dag, id)));
  const source = sourceTitle(node);
  const { rows, columns } = await session.query(bound.sql).catch((error: unknown) => {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    const origin = error.position === undefined ? undefined : bound.originAt(error.position);
    const place = sqlPlace(origin, loadedAt.span);
    throw new DiagnosticError([
      freshnessFailed({ source, reason: error.message, hint: error.hint, ...place }),
    ]);
  });
  const refuse = (found: string) => new DiagnosticError([noLoadedAt({ source, found, span: loadedAt.span })]);
  if (rows.length > 1 || (loadedAt.kind === 'query' && columns.length !== 1))
    throw refuse(`${counted(rows.length, 'row')} of ${counted(columns.length, 'column')}`);
  return columns.map(({ name }) => {
    const value = rows[0]?.[name] ?? null;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant === undefined && value !== null) throw refuse(String(value));
    return instant;
  });
}

function relationOf({ manifest }: Dag, uniqueId: string) {
  const node = manifest.nodes.get(uniqueId);
  if (node === undefined || !('relation' in node))
    throw new Error(`This is a bug: "${uniqueId}" has no relation.`);
  return node.relation;
}

function instantOf(timestamp: string): Date {
  const instant = parseInstant(timestamp);
  if (instant === undefined) throw new Error(`This is a bug: the warehouse's clock says "${timestamp}".`);
  return instant;
}
