import type { Relation } from '../dialect/relation.ts';
import { ensureSchemas } from '../store/catalog.ts';
import { rolledBack } from '../warehouse/rolled-back.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Accepted, accepted, type CleanedBatch, expectedRows, insertCsv, withCsv } from './group-csv.ts';
import type { GroupLoad } from './group-load.ts';
import { diagnoseLoad } from './load-diagnosis.ts';
import { readLoadScope } from './refused-cell.ts';

/**
 * Has the engine parse a group as it would load it, and keeps nothing of it. Bad rows are told as a load tells them: as a
 * DiagnosticError, unless there are no more than allowed.
 */
export async function checkGroup(session: Session, work: GroupLoad, allowed: number): Promise<Accepted> {
  const scope = await readLoadScope(session, work.dialect);
  try {
    return await parseGroup(session, work, new Map());
  } catch (error) {
    return diagnoseLoad(session, work, { error, scope, allowed }, (cleaned) =>
      parseGroup(session, work, cleaned),
    );
  }
}

async function parseGroup(
  session: Session,
  work: GroupLoad,
  cleaned: ReadonlyMap<string, CleanedBatch>,
): Promise<Accepted> {
  const { dialect, columns } = work;
  const relation = scratchTable(work);
  await withCsv(work, cleaned, (csv) =>
    rolledBack(session, async () => {
      if (dialect.sessionSchema === undefined) await ensureSchemas(session, dialect, [relation.schema]);
      await session.execute(dialect.createTable(relation, columns));
      await insertCsv(session, { ...work, relation, parsing: { parseOnly: true } }, csv);
    }),
  );
  return accepted(work, expectedRows(work, cleaned));
}

/** A table of the landed one's shape, which is there until it is rolled back. */
function scratchTable({ dialect, relation }: GroupLoad): Relation {
  return { schema: dialect.sessionSchema ?? relation.schema, name: `_check_${process.pid}` };
}
