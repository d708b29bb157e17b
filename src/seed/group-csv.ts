import { damagedPart } from '../diagnostic/catalogue/landing.ts';
import { stopOnErrors } from '../diagnostic/diagnostic.ts';
import type { CsvSource } from '../dialect/dialect.ts';
import { atOnce } from '../landing/at-once.ts';
import { MANIFEST_NAME } from '../landing/batch-manifest.ts';
import { entryPath } from '../landing/parse-manifest.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { withLocalParts } from './fetched-parts.ts';
import { type GroupCsv, type GroupLoad, partsOf } from './group-load.ts';
import { loadFiles } from './load-files.ts';
import { loadManifest } from './load-manifest.ts';
import { loadStream } from './load-stream.ts';

const CHECKS_AT_ONCE = 16;

/** What a group's load put into its table, and what it set aside. */
export interface Accepted {
  readonly rows: number;
  readonly rejected: number;
}

/** Files to load in place of a batch's own, with their number of rows; for batches that had bad rows. */
export interface CleanedBatch {
  readonly files: readonly string[];
  readonly rows: number;
}

/** Does work with the CSV of a group, once its parts are seen to be there: those of batches that are not cleaned, and cleaned files. */
export async function withCsv(
  work: GroupLoad,
  cleaned: ReadonlyMap<string, CleanedBatch>,
  use: (csv: GroupCsv) => Promise<void>,
): Promise<void> {
  await checkParts(work);
  const { group } = work;
  const whole = group.filter(({ batch }) => !cleaned.has(batch.path));
  await withLocalParts(work, whole, (local) =>
    use({
      parts: whole.flatMap((load) => partsOf(work, load)),
      local,
      cleaned: group.flatMap(({ batch }) => cleaned.get(batch.path)?.files ?? []),
    }),
  );
}

/** Sends CSV into the group's relation, in the way that the engine takes it. */
export function insertCsv(session: Session, work: GroupLoad, csv: GroupCsv): Promise<void> {
  return LOADERS[work.dialect.supports.csv](session, work, csv);
}

const LOADERS: Readonly<Record<CsvSource['kind'], typeof loadFiles>> = {
  files: loadFiles,
  stream: loadStream,
  manifest: loadManifest,
};

/** The rows that a group is to have, by partition. */
export function expectedRows(
  { group }: GroupLoad,
  cleaned: ReadonlyMap<string, CleanedBatch>,
): ReadonlyMap<string, number> {
  return new Map(group.map((load) => [load.partition, cleaned.get(load.batch.path)?.rows ?? load.rows]));
}

export function accepted({ group }: GroupLoad, expected: ReadonlyMap<string, number>): Accepted {
  const rows = [...expected.values()].reduce((sum, count) => sum + count, 0);
  return { rows, rejected: group.reduce((sum, load) => sum + load.rows, 0) - rows };
}

/** Parts must be there in the size that their manifest says, before anything is touched. */
async function checkParts({ landing, group }: GroupLoad): Promise<void> {
  const entries = group.flatMap(({ batch }) => batch.manifest.entries.map((entry) => ({ batch, entry })));
  const problems = await atOnce(CHECKS_AT_ONCE, entries, async ({ batch, entry: { url, bytes } }) => {
    const path = entryPath(landing.address, batch.path, url);
    const found = path === undefined ? undefined : await landing.size(path);
    const source = { path: `${landing.address}/${batch.path}/${MANIFEST_NAME}`, text: '' };
    return found === bytes ? [] : [damagedPart({ source, offset: 0, url, expected: bytes, found })];
  });
  stopOnErrors(problems.flat());
}
