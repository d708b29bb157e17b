import { createReadStream } from 'node:fs';
import type { Session } from '../warehouse/warehouse.ts';
import { NULL_MARKER } from './csv-cell.ts';
import type { GroupCsv, GroupLoad } from './group-load.ts';
import { joinCsv } from './join-csv.ts';
import { partContent } from './part-content.ts';

/**
 * Loads CSV on an engine that is sent it: all parts of the landing zone as one text, uncompressed on the way, in memory that
 * does not grow with them.
 */
export async function loadStream(session: Session, work: GroupLoad, csv: GroupCsv): Promise<void> {
  if (csv.parts.length + csv.cleaned.length === 0) return;
  const { dialect, relation, columns, parsing } = work;
  const from = { kind: 'stream' as const };
  const copy = dialect.loadCsv({ into: relation, columns, nullMarker: NULL_MARKER, from, ...parsing });
  const over = new AbortController();
  const parts = csv.parts.map((part) => () => partContent(work, part, over.signal));
  const cleaned = csv.cleaned.map((file) => () => createReadStream(file, { signal: over.signal }));
  try {
    await session.copyIn(copy, joinCsv([...parts, ...cleaned]));
  } finally {
    over.abort();
  }
}
