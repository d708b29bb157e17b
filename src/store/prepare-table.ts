import { foreignRelation } from '../diagnostic/catalogue/store.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { ensureSchemas, type RelationCatalog, readRelations } from './catalog.ts';
import { readMarker } from './marker.ts';
import type { PublicationEntry } from './publication.ts';
import type { PublishStep } from './publish-decision.ts';
import { needsCopy } from './published-relation.ts';
import { copyStatements, nextTable } from './table-copy.ts';

/**
 * Copies the version of a `publish: table` entry to `<name>__<hash>__next`, so that publishing need only rename it. Call it for
 * entries that do not show their version yet; what is not prepared, `publish` copies in its transaction.
 */
export async function prepareTable(
  session: Session,
  dialect: Dialect,
  entry: Pick<PublicationEntry, 'uniqueId' | 'relation' | 'version' | 'columns' | 'storage'>,
): Promise<void> {
  await ensureSchemas(session, dialect, [entry.relation.schema]);
  const next = nextTable(dialect, entry);
  const found = (await readRelations(session, dialect, [next.schema])).find(next);
  if (found !== undefined && readMarker(found.comment)?.role !== 'next') {
    throw new DiagnosticError([
      foreignRelation({ relation: dialect.relation(next), kind: found.kind, node: entry.uniqueId }),
    ]);
  }
  await session.transaction(async () => {
    if (found !== undefined) await session.execute(dialect.dropTable(next));
    for (const statement of copyStatements(dialect, entry)) await session.execute(statement);
  });
}

/**
 * Copies what steps would copy in the publish transaction, where time limits of that transaction would count the copying:
 * versions of a rollback, and copies that another run took away.
 */
export async function prepareSteps(
  session: Session,
  dialect: Dialect,
  steps: readonly PublishStep[],
  catalog: RelationCatalog,
): Promise<void> {
  if (dialect.supports.limitsStatements !== true) return;
  for (const step of steps) {
    if (step.after !== undefined && needsCopy(dialect, step, catalog))
      await prepareTable(session, dialect, step.after);
  }
}
