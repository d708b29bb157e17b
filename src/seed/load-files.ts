import type { Session } from '../warehouse/warehouse.ts';
import { NULL_MARKER } from './csv-cell.ts';
import type { GroupCsv, GroupLoad } from './group-load.ts';

/** Loads CSV on an engine that reads local files: all parts in one statement, and all cleaned files in another. */
export async function loadFiles(session: Session, work: GroupLoad, csv: GroupCsv): Promise<void> {
  const { dialect, relation, columns, parsing } = work;
  const insert = async (files: readonly string[], gzip: boolean) => {
    if (files.length === 0) return;
    const from = { kind: 'files' as const, files, gzip };
    await session.execute(
      dialect.loadCsv({ into: relation, columns, nullMarker: NULL_MARKER, from, ...parsing }),
    );
  };
  await insert(
    csv.parts.flatMap(({ path }) => csv.local.get(path) ?? []),
    true,
  );
  await insert(csv.cleaned, false);
}
