import { personalResults } from '../data-test/personal-results.ts';
import { sampleQuery } from '../data-test/test-statement.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { DataTestNode } from '../manifest/node.ts';
import { readRelations, relationId } from '../store/catalog.ts';
import { environmentOf } from '../store/environment.ts';
import { failuresTable, replaceFailingRows } from '../store/failing-rows.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import type { RunInput, RunOptions } from './run-input.ts';
import type { RunResult } from './run-result.ts';

/** What storing a test's failing rows takes; `sql` is bound. */
export interface FailingRows {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly test: DataTestNode;
  readonly sql: string;
  /** Columns that hold personal data, in lower case. */
  readonly personal: ReadonlySet<string>;
  readonly table: Relation;
  readonly runId: string;
}

/** Where a run keeps the failing rows of a test, if it does. */
export function failuresKept({ dag, warehouse, identity, options }: RunInput, test: DataTestNode) {
  const failuresTable = storesFailures(test, options)
    ? failuresTableOf(dag.manifest, test, warehouse.dialect)
    : undefined;
  return { failuresTable, runId: identity.runId };
}

/** Whether a run keeps the failing rows of a test: the test says, else the run. */
export function storesFailures({ config }: DataTestNode, { storeFailures = false }: RunOptions): boolean {
  return config.storeFailures ?? storeFailures;
}

/** Where the failing rows of a test are kept. */
function failuresTableOf(manifest: Manifest, test: DataTestNode, dialect: Dialect): Relation {
  const { target, environment } = manifest.project;
  const name = dialect.fold(test.name);
  const namesakes = [...manifest.nodes.values()].filter(
    (node) => node.resourceType === 'test' && dialect.fold(node.name) === name,
  );
  const distinction = namesakes.length > 1 ? test.uniqueId.split('.').at(-1) : undefined;
  return failuresTable(environmentOf(target.schema, environment), test.name, distinction, dialect);
}

/**
 * Keeps failing rows as a table that can be queried, with `***` for personal data. Rows that cannot be kept change no verdict:
 * the result says why.
 */
export async function storeFailures(rows: FailingRows): Promise<Pick<RunResult, 'relation' | 'message'>> {
  const { session, dialect, test, table, runId } = rows;
  try {
    const select = await maskedSelect(rows);
    await replaceFailingRows(session, dialect, table, { select, test: test.uniqueId, runId });
    return { relation: table };
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    return { message: `The failing rows could not be stored: ${error.message}` };
  }
}

/** Drops the table of a test that has no failing rows any more, where it is there. That it cannot be dropped changes no verdict. */
export async function forgetFailures(
  session: Session,
  dialect: Dialect,
  table: Relation,
): Promise<Pick<RunResult, 'message'>> {
  try {
    const [there] = await tablesThere(session, dialect, [table]);
    if (there !== undefined) await session.execute(dialect.dropTable(there));
    return {};
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    return { message: `The earlier failing rows could not be dropped: ${error.message}` };
  }
}

/** Those of some tables that are there. */
export async function tablesThere(session: Session, dialect: Dialect, tables: readonly Relation[]) {
  if (tables.length === 0) return [];
  const schemas = [...new Set(tables.map(({ schema }) => schema))];
  const { relations } = await readRelations(session, dialect, schemas);
  const there = new Set(relations.map(({ relation }) => relationId(dialect, relation)));
  return tables.filter((table) => there.has(relationId(dialect, table)));
}

async function maskedSelect({ session, dialect, test, sql, personal }: FailingRows): Promise<string> {
  const { limit } = test.config;
  const failing = limit === undefined ? sql : sampleQuery(sql, limit).sql;
  if (personal.size === 0) return failing;
  const isPersonal = personalResults(personal, dialect.tokenize(sql));
  const { columns } = await session.query(sampleQuery(sql, 0).sql);
  const items = columns.map(({ name }) => {
    const column = dialect.quote(name);
    return isPersonal(name)
      ? `  case when ${column} is null then null else '***' end as ${column}`
      : `  ${column}`;
  });
  return `select\n${items.join(',\n')}\nfrom (\n${failing}\n) as failing`;
}
