import { nothingBuiltIn } from '../diagnostic/catalogue/check.ts';
import { type Diagnostic, stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { rolledBack } from '../warehouse/rolled-back.ts';
import { type Session, WarehouseError } from '../warehouse/warehouse.ts';
import { readSchemas } from './catalog.ts';

/**
 * Tries out in each schema what a run does there, in a transaction that is rolled back: makes the schema where it is missing,
 * a table, and a view over it. Says what it saw; throws a DiagnosticError that names every schema where something is refused.
 */
export async function seeRights(
  session: Session,
  dialect: Dialect,
  schemas: readonly string[],
): Promise<string> {
  const present = new Set((await readSchemas(session, dialect)).map((schema) => dialect.fold(schema)));
  const seen: string[] = [];
  const problems: Diagnostic[] = [];
  for (const schema of new Set(schemas)) {
    const isMissing = !present.has(dialect.fold(schema));
    const problem = await refusal(session, dialect, schema, isMissing);
    if (problem === undefined) seen.push(isMissing ? `${schema} can be made` : `${schema} is there`);
    else problems.push(problem);
  }
  stopOnErrors(problems);
  return `${seen.join(', ')}; tables and views can be made`;
}

async function refusal(
  session: Session,
  dialect: Dialect,
  schema: string,
  isMissing: boolean,
): Promise<Diagnostic | undefined> {
  try {
    await rolledBack(session, async () => {
      if (isMissing) await session.execute(dialect.createSchema(schema));
      await buildProbe(session, dialect, schema);
    });
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    return nothingBuiltIn({ schema, isMissing, reason: error.message });
  }
  return undefined;
}

async function buildProbe(session: Session, dialect: Dialect, schema: string): Promise<void> {
  const table = { schema, name: `_debug_${process.pid}` };
  const view = { schema, name: `${table.name}_view` };
  await session.execute(dialect.createTable(table, [{ name: 'probe', type: { kind: 'integer' } }]));
  await session.execute(dialect.createView(view, `select probe\nfrom ${dialect.relation(table)}`));
  await session.query(`select probe from ${dialect.relation(view)}`);
}
