import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { ensureSchemas } from './catalog.ts';
import { readClock } from './clock.ts';
import type { Environment } from './environment.ts';
import { markerText } from './marker.ts';
import { withSuffix } from './physical-name.ts';

/** The schema of an environment in which people find the failing rows of tests: `analytics__failures`. */
export function failuresSchema({ schema }: Pick<Environment, 'schema'>, dialect: Dialect): string {
  return withSuffix(schema, '__failures', dialect.identifierBytes);
}

/** The table of a test's failing rows, which has the test's name; `distinction` tells tests of one name apart. */
export function failuresTable(
  environment: Pick<Environment, 'schema'>,
  test: string,
  distinction: string | undefined,
  dialect: Dialect,
): Relation {
  const suffix = distinction === undefined ? '' : `_${distinction}`;
  return {
    schema: failuresSchema(environment, dialect),
    name: withSuffix(test, suffix, dialect.identifierBytes),
  };
}

/** Puts a query's rows in place of what a table of failing rows holds. */
export async function replaceFailingRows(
  session: Session,
  dialect: Dialect,
  table: Relation,
  rows: { readonly select: string; readonly test: string; readonly runId: string },
): Promise<void> {
  const { select, test, runId } = rows;
  await ensureSchemas(session, dialect, [table.schema]);
  const marker = markerText({ role: 'failures', test, run: runId, at: await readClock(session, dialect) });
  await session.transaction(async () => {
    await session.execute(dialect.dropTable(table));
    await session.execute(dialect.createTableAs(table, select, { sort: [] }));
    await session.execute(dialect.commentOnRelation('table', table, marker));
  });
}
