import { newerStore } from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { ensureSchemas, type RelationCatalog, readRelations } from './catalog.ts';
import { readClock } from './clock.ts';
import type { Environment } from './environment.ts';
import {
  insertRows,
  queryRows,
  readNumber,
  readNumberOrNull,
  selectRows,
  tableOf,
  updateRows,
} from './state-query.ts';
import {
  ENVIRONMENT,
  LOAD,
  PUBLICATION,
  RUN,
  type StateTable,
  stateRelation,
  VERDICT,
  VERSION,
} from './state-table.ts';

/** A step from one shape of the state tables to the next; runs in the transaction that raises `schema_version`. */
export type Migration = (session: Session, dialect: Dialect, store: string) => Promise<void>;

/** The tables of a store; `_environment` comes last. */
const TABLES: readonly StateTable[] = [VERSION, PUBLICATION, LOAD, RUN, VERDICT, ENVIRONMENT];

/** The n-th (from 0) turns tables of version n + 1 into those of n + 2; new stores need none. */
const MIGRATIONS: readonly Migration[] = [];

const ATTEMPTS = 6;

/**
 * Creates an environment's store with its state tables, or brings an older one up to date. Idempotent, and safe when two
 * do it at once. Throws a DiagnosticError when the store was written by a newer modelwright.
 */
export async function ensureStore(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (let attempt = 1; !(await isCurrent(session, dialect, environment, migrations)); attempt++) {
    try {
      await ensureSchemas(session, dialect, [environment.store]);
      await session.transaction(() => bringUpToDate(session, dialect, environment, migrations));
    } catch (error) {
      if (!(error instanceof WarehouseError) || error.kind === 'cancelled' || attempt === ATTEMPTS)
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

/** The shape of a store's tables; undefined where there is no environment row. Throws when it is newer than ours. */
export async function schemaVersion(
  session: Session,
  environment: Environment,
  catalog: RelationCatalog,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number | undefined> {
  const table = stateRelation(environment.store, ENVIRONMENT);
  if (catalog.find(table) === undefined) return undefined;
  const [row] = await selectRows(session, table, { name: environment.name });
  if (row === undefined) return undefined;
  const found = readNumber(row, 'schema_version');
  const known = latest(migrations);
  if (found > known) throw new DiagnosticError([newerStore({ store: environment.store, found, known })]);
  return found;
}

function latest(migrations: readonly Migration[]): number {
  return migrations.length + 1;
}

async function isCurrent(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  migrations: readonly Migration[],
): Promise<boolean> {
  const catalog = await readRelations(session, dialect, [environment.store]);
  const version = await schemaVersion(session, environment, catalog, migrations);
  return version === latest(migrations) && missingTables(environment.store, catalog).length === 0;
}

function missingTables(store: string, catalog: RelationCatalog): StateTable[] {
  return TABLES.filter((table) => catalog.find(stateRelation(store, table)) === undefined);
}

async function bringUpToDate(
  session: Session,
  dialect: Dialect,
  environment: Environment,
  migrations: readonly Migration[],
): Promise<void> {
  const { store } = environment;
  const catalog = await readRelations(session, dialect, [store]);
  const version = await schemaVersion(session, environment, catalog, migrations);
  for (const migration of migrations.slice((version ?? latest(migrations)) - 1))
    await migration(session, dialect, store);
  for (const table of missingTables(store, catalog)) await createStateTable(session, dialect, store, table);
  const schema_version = latest(migrations);
  const environmentTable = stateRelation(store, ENVIRONMENT);
  if (version === undefined) {
    await insertRows(session, environmentTable, [
      {
        name: environment.name,
        sequence: await lastSequence(session, store),
        schema_version,
        created_at: await readClock(session, dialect),
      },
    ]);
  } else if (version !== schema_version) {
    const where = { name: environment.name, schema_version: version };
    await updateRows(session, environmentTable, { schema_version }, where);
  }
}

async function createStateTable(
  session: Session,
  dialect: Dialect,
  store: string,
  table: StateTable,
): Promise<void> {
  const relation = stateRelation(store, table);
  await session.execute(dialect.createTable(relation, table.columns, table.primaryKey));
  await session.execute(dialect.commentOnRelation('table', relation, table.description));
  for (const column of table.columns) {
    await session.execute(dialect.commentOnColumn(relation, column.name, column.description));
  }
}

/** Where an environment's row was lost, its publications go on where they were. */
async function lastSequence(session: Session, store: string): Promise<number> {
  const [row] = await queryRows(session, (knex) =>
    tableOf(knex, stateRelation(store, PUBLICATION)).max({ sequence: 'sequence' }),
  );
  return row === undefined ? 0 : (readNumberOrNull(row, 'sequence') ?? 0);
}
