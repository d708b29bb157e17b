import * as catalogue from '../diagnostic/catalogue/seed.ts';
import { type Diagnostic, DiagnosticError, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { Column } from '../dialect/column-type.ts';
import type { LandedBatch, Landing } from '../landing/landing.ts';
import { DEFAULT_ENVIRONMENT } from '../project/name.ts';
import { ensureSchemas } from '../store/catalog.ts';
import { environmentOf } from '../store/environment.ts';
import { ensureLoadRows, type LoadRecord, readLoads } from '../store/load-record.ts';
import { ensureStore } from '../store/state-tables.ts';
import { type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts';
import { diagnoseLoad } from './load-diagnosis.ts';
import { LostClaim, loadGroup } from './load-group.ts';
import { type BatchLoad, planTableLoad, type TableLoadPlan } from './load-plan.ts';

/** What a load needs. */
export interface LoadInput {
  readonly landing: Landing;
  readonly warehouse: Warehouse;
  /** The target's schema: landed tables are in `<schema>__raw`, `_load` is in `<schema>__store`. */
  readonly schema: string;
  /** Names this load in `_load`; tokens of landed tables are lists of load ids. */
  readonly loadId: string;
  /** Tables to load; all that have batches without it. */
  readonly tables?: readonly string[];
  /** Bad rows that a table may have; they land in `<table>__rejected`. */
  readonly maxErrors?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** How far a table's load is. */
export interface LoadProgress {
  readonly table: string;
  readonly rows: number;
  readonly rowsTotal: number;
}

/** What a load did with one table. */
export interface TableLoad {
  readonly table: string;
  readonly batchesLoaded: number;
  readonly batchesUnchanged: number;
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
}

/** What a load did, by table in order of name. */
export interface LoadResult {
  readonly tables: readonly TableLoad[];
}

/** A transaction loads about so many compressed bytes, so that a killed load does not begin again from nothing. */
const GROUP_BYTES = 256 * 1024 * 1024;
const ATTEMPTS = 3;

/** The schema of landed tables, shared by all environments. */
export function rawSchema(schema: string): string {
  return `${schema}__raw`;
}

/**
 * Loads what the landing zone has and the warehouse has not, exactly once: a partition whose content changed is replaced,
 * with its row of `_load`, in one transaction. Throws a DiagnosticError with every bad row; nothing of their batches is loaded.
 */
export async function load(input: LoadInput): Promise<LoadResult> {
  const session = await input.warehouse.open();
  try {
    const { dialect } = input.warehouse;
    const environment = environmentOf(input.schema, DEFAULT_ENVIRONMENT);
    await ensureStore(session, dialect, environment);
    const results: TableLoad[] = [];
    for (const table of [...(input.tables ?? (await input.landing.tables()))].sort()) {
      results.push(await loadTable(input, session, environment.store, table));
    }
    return { tables: results };
  } finally {
    await session.close();
  }
}

async function loadTable(
  input: LoadInput,
  session: Session,
  store: string,
  table: string,
): Promise<TableLoad> {
  const batches = await readBatches(input.landing, table);
  for (let attempt = 1; ; attempt++) {
    const plan = await planTable(input, session, store, table, batches);
    if (plan === undefined) {
      return { table, batchesLoaded: 0, batchesUnchanged: 0, rowsLoaded: 0, rowsRejected: 0 };
    }
    try {
      return await loadChanged(input, session, store, plan);
    } catch (error) {
      const lost =
        error instanceof LostClaim || (error instanceof WarehouseError && error.kind === 'transient');
      if (!lost) throw error;
      if (attempt === ATTEMPTS) throw new DiagnosticError([catalogue.loadRace({ table })]);
    }
  }
}

async function readBatches(landing: Landing, table: string): Promise<readonly LandedBatch[]> {
  const problems: Diagnostic[] = [];
  const batches = await landing.batches(table, (problem) => problems.push(problem));
  stopOnErrors(problems);
  return batches;
}

async function planTable(
  { landing, warehouse: { dialect }, schema }: LoadInput,
  session: Session,
  store: string,
  table: string,
  batches: readonly LandedBatch[],
): Promise<TableLoadPlan | undefined> {
  const records: readonly LoadRecord[] = await readLoads(session, store);
  const present = await presentColumns(session, dialect, rawSchema(schema), table);
  const problems: Diagnostic[] = [];
  const plan = planTableLoad(landing, dialect, table, batches, records, present, (problem) =>
    problems.push(problem),
  );
  stopOnErrors(problems);
  return plan;
}

/** The columns that the engine's catalog has for a landed table; undefined where there is no such table. */
async function presentColumns(
  session: Session,
  dialect: Warehouse['dialect'],
  schema: string,
  table: string,
): Promise<readonly Column[] | undefined> {
  const { rows } = await session.query(dialect.catalogQuery([schema]));
  const own = rows.filter((row) => dialect.fold(String(row['table_name'])) === dialect.fold(table));
  if (own.length === 0) return undefined;
  return own.map((row) => ({
    name: String(row['column_name']),
    type: dialect.parseType(String(row['data_type'])) ?? { kind: 'varchar' },
  }));
}

async function loadChanged(
  input: LoadInput,
  session: Session,
  store: string,
  plan: TableLoadPlan,
): Promise<TableLoad> {
  const { dialect } = input.warehouse;
  const { table, changed } = plan;
  const rowsTotal = changed.reduce((sum, load) => sum + load.rows, 0);
  let rowsLoaded = 0;
  let rowsRejected = 0;
  if (changed.length > 0) {
    await ensureSchemas(session, dialect, [rawSchema(input.schema)]);
    await ensureLoadRows(
      session,
      store,
      table,
      changed.map((load) => load.partition),
    );
  }
  let state = plan.state;
  for (const group of groupsOf(plan)) {
    input.signal?.throwIfAborted();
    const target = {
      relation: { schema: rawSchema(input.schema), name: table },
      columns: plan.columns,
      state,
    };
    const work = { ...target, store, loadId: input.loadId, group, landing: input.landing, dialect };
    const accepted = await loadGroup(session, work).catch((error: unknown) =>
      diagnoseLoad(session, work, error, (input.maxErrors ?? 0) - rowsRejected),
    );
    rowsLoaded += accepted.rows;
    rowsRejected += accepted.rejected;
    state = 'present';
    input.onProgress?.({ table, rows: rowsLoaded, rowsTotal });
  }
  return { table, batchesLoaded: changed.length, batchesUnchanged: plan.unchanged, rowsLoaded, rowsRejected };
}

/** Batches in groups of bounded size; a table that is replaced changes in one transaction. */
function groupsOf({ changed, state }: TableLoadPlan): readonly (readonly BatchLoad[])[] {
  if (state === 'replaced') return [changed];
  const groups: BatchLoad[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const load of changed) {
    if (bytes >= GROUP_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(load);
    bytes += load.bytes;
  }
  return groups;
}
