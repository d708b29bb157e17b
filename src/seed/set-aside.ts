import type { Session } from '../warehouse/warehouse.ts';
import type { Accepted } from './group-csv.ts';
import type { GroupLoad } from './group-load.ts';
import { diagnoseLoad } from './load-diagnosis.ts';
import { loadGroup } from './load-group.ts';
import { readLoadScope } from './refused-cell.ts';
import { createRejectTable, replaceRejects } from './rejected-row.ts';

/** Loads a group; bad rows, if they are no more than allowed, land in the table of rejects in the same transaction. */
export async function loadOrSetAside(
  session: Session,
  group: GroupLoad,
  allowed: number,
  forget: () => Promise<void>,
): Promise<Accepted> {
  const scope = await readLoadScope(session, group.dialect);
  return loadGroup(session, group, new Map(), forget).catch((error: unknown) =>
    diagnoseLoad(session, group, { error, scope, allowed }, async (cleaned, bad) => {
      await createRejectTable(session, group);
      return loadGroup(session, group, cleaned, () => replaceRejects(session, group, bad));
    }),
  );
}
