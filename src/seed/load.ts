import * as catalogue from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, DiagnosticError, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { LandedBatch, Landing } from '../landing/landing.ts';
import type { FetchAccess } from '../project/fetch-access.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import { ensureSchemas } from '../store/catalog.ts';
import { environmentOf } from '../store/environment.ts';
import { ensureLoadRows } from '../store/load-record.ts';
import { ensureStore } from '../store/state-tables.ts';
import { type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { checkGroup } from './check-group.ts';
import type { GroupLoad } from './group-load.ts';
import { LostClaim } from './load-group.ts';
import { type BatchLoad, planTableLoad, type TableLoadPlan } from './load-plan.ts';
import { type LoadState, readState } from './load-state.ts';
import { forgetRejects, rejectTable } from './rejected-row.ts';
import { loadOrSetAside } from './set-aside.ts';

/** What a load needs. */
export interface LoadInput {
  readonly landing: Landing;
  readonly warehouse: Warehouse;
  /** The target's schema: landed tables are in `<schema>__raw`, `_load` is in `<schema>__store`. */
  readonly schema: string;
  /** Names this load in `_load`; tokens of landed tables are lists of load ids. */
  readonly loadId: string;
  /** For a warehouse that fetches files for itself; with its default role without it. */
  readonly access?: FetchAccess;
  /** Tables to load; all that have batches without it. */
  readonly tables?: readonly string[];
  /** Bad rows that a table may have; they land in `<table>__rejected`. */
  readonly maxErrors?: number;
  /** What would be loaded is parsed only, and nothing is written to the warehouse. */
  readonly checks?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Told as soon as a table is done with. */
  readonly onTable?: (outcome: TableOutcome) => void;
}

/** How far a table's load is; told first when it begins, with no rows yet. */
export interface LoadProgress {
  readonly table: string;
  readonly rows: number;
  readonly rowsTotal: number;
}

/** How a table's load ended: others are loaded even if one cannot be. */
export type TableOutcome = TableLoad | FailedLoad;

/** What a load did with one table. */
export interface TableLoad {
  readonly kind: 'loaded';
  readonly table: string;
  readonly batchesLoaded: number;
  readonly batchesUnchanged: number;
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
}

/** Why nothing, or no more, of a table was loaded. */
export interface FailedLoad {
  readonly kind: 'failed';
  readonly table: string;
  readonly problems: readonly [Diagnostic, ...Diagnostic[]];
}

/** A transaction loads about so many compressed bytes, so that a killed load does not begin again from nothing. */
const GROUP_BYTES = 256 * 1024 * 1024;
const ATTEMPTS = 3;

/** The schema of landed tables, shared by all environments. */
function rawSchema(schema: string): string {
  return `${schema}__raw`;
}

/**
 * Loads what the landing zone has and the warehouse has not, exactly once: a partition whose content changed is replaced,
 * with its row of `_load`, in one transaction. A table with bad rows fails with a diagnostic for each of them, and nothing
 * of their batches is loaded. Gives the outcomes by table in order of name; where nothing is new, no data are read.
 */
export async function load(input: LoadInput): Promise<readonly TableOutcome[]> {
  const session = await input.warehouse.open();
  const cancel = () => void session.cancel();
  input.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const { dialect } = input.warehouse;
    const environment = environmentOf(input.schema, DEFAULT_ENVIRONMENT);
    if (input.checks !== true) await ensureStore(session, dialect, environment);
    const work = { ...input, session, dialect, store: environment.store, raw: rawSchema(input.schema) };
    const state = await readState(work);
    const outcomes: TableOutcome[] = [];
    for (const table of [...(input.tables ?? (await input.landing.tables()))].sort()) {
      const outcome = await outcomeOf(table, () => loadTable(work, state, table));
      outcomes.push(outcome);
      input.onTable?.(outcome);
    }
    return outcomes;
  } finally {
    input.signal?.removeEventListener('abort', cancel);
    await session.close();
  }
}

/** A load at work. */
interface LoadWork extends LoadInput {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly store: string;
  /** The schema of landed tables. */
  readonly raw: string;
}

async function outcomeOf(table: string, work: () => Promise<TableLoad>): Promise<TableOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { kind: 'failed', table, problems: error.diagnostics as FailedLoad['problems'] };
  }
}

/** Another load of the table may win some of its partitions; then the state is read again. */
async function loadTable(work: LoadWork, known: LoadState, table: string): Promise<TableLoad> {
  const batches = await readBatches(work.landing, table);
  work.session.label({ run: work.loadId, node: table });
  let state = known;
  for (let attempt = 1; ; attempt++) {
    const plan = planTable(work, state, table, batches);
    if (plan === undefined) {
      return { kind: 'loaded', table, batchesLoaded: 0, batchesUnchanged: 0, rowsLoaded: 0, rowsRejected: 0 };
    }
    try {
      return await loadChanged(work, state, plan);
    } catch (error) {
      const isLost = error instanceof LostClaim;
      const passes = error instanceof WarehouseError && error.kind === 'transient';
      if (!isLost && !passes) throw error;
      if (attempt === ATTEMPTS) throw isLost ? new DiagnosticError([catalogue.loadRace({ table })]) : error;
      work.signal?.throwIfAborted();
      state = await readState(work);
    }
  }
}

async function readBatches(landing: Landing, table: string): Promise<readonly LandedBatch[]> {
  const problems: Diagnostic[] = [];
  const batches = await landing.batches(table, (problem) => problems.push(problem));
  stopOnErrors(problems);
  return batches;
}

function planTable(
  { landing, dialect }: LoadWork,
  { records, columns }: LoadState,
  table: string,
  batches: readonly LandedBatch[],
): TableLoadPlan | undefined {
  const problems: Diagnostic[] = [];
  const present = columns.get(dialect.fold(table));
  const plan = planTableLoad(landing, dialect, table, batches, records, present, (problem) =>
    problems.push(problem),
  );
  stopOnErrors(problems);
  return plan;
}

async function loadChanged(work: LoadWork, known: LoadState, plan: TableLoadPlan): Promise<TableLoad> {
  const { session, dialect, store, landing, loadId } = work;
  const { table, changed } = plan;
  // What was committed by an attempt that did not hear so, or that lost its connection later.
  const own = plan.unchanged.filter((batch) => batch.saw === loadId);
  let rowsLoaded = own.reduce((sum, { held }) => sum + held, 0);
  let rowsRejected = own.reduce((sum, { rows, held }) => sum + rows - held, 0);
  const rowsTotal = changed.reduce((sum, { rows }) => sum + rows, rowsLoaded);
  if (changed.length > 0) {
    work.onProgress?.({ table, rows: rowsLoaded, rowsTotal });
  }
  if (changed.length > 0 && work.checks !== true) {
    await ensureSchemas(session, dialect, [work.raw]);
    await ensureLoadRows(
      session,
      dialect,
      store,
      table,
      changed.map((load) => load.partition),
    );
  }
  let state: GroupLoad['state'] = plan.state;
  let hasRejects = known.columns.has(dialect.fold(rejectTable(table, dialect)));
  for (const group of groupsOf(plan)) {
    work.signal?.throwIfAborted();
    const target = {
      relation: { schema: work.raw, name: table },
      columns: plan.columns,
      state,
    };
    const { access = { iamRole: 'default' } } = work;
    const together = { ...target, store, loadId, group, landing, dialect, access, signal: work.signal };
    const forget = async () => (hasRejects ? forgetRejects(session, together) : undefined);
    const allowed = (work.maxErrors ?? 0) - rowsRejected;
    const accepted =
      work.checks === true
        ? await checkGroup(session, together, allowed)
        : await loadOrSetAside(session, together, allowed, forget);
    rowsLoaded += accepted.rows;
    rowsRejected += accepted.rejected;
    hasRejects ||= accepted.rejected > 0;
    if (work.checks !== true && state !== 'present') state = 'begun';
    work.onProgress?.({ table, rows: rowsLoaded, rowsTotal });
  }
  const batchesLoaded = changed.length + own.length;
  const batchesUnchanged = plan.unchanged.length - own.length;
  return { kind: 'loaded', table, batchesLoaded, batchesUnchanged, rowsLoaded, rowsRejected };
}

/** Batches in groups of bounded size; a table that is replaced changes in one transaction. The first makes a missing table. */
function groupsOf({ changed, state }: TableLoadPlan): readonly (readonly BatchLoad[])[] {
  if (state === 'replaced') return [changed];
  const groups: BatchLoad[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const load of changed) {
    if (bytes >= GROUP_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(state === 'missing' && groups.length > 1 ? { ...load, saw: null } : load);
    bytes += load.bytes;
  }
  return groups;
}
