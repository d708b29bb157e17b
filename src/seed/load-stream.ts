import { createReadStream } from 'node:fs';
import type { Session } from '../warehouse/warehouse.ts';
import { type GroupCsv, type GroupLoad, NULL_MARKER } from './group-load.ts';
import { partContent } from './part-content.ts';

/** Loads CSV on an engine that is sent it: part by part from the landing zone, uncompressed on the way, in little memory. */
export async function loadStream(session: Session, work: GroupLoad, csv: GroupCsv): Promise<void> {
  const { dialect, relation, columns } = work;
  const from = { kind: 'stream' as const };
  const copy = dialect.loadCsv({ into: relation, columns, nullMarker: NULL_MARKER, from });
  for (const path of csv.parts) await session.copyIn(copy, partContent(work, path));
  for (const file of csv.cleaned) await session.copyIn(copy, createReadStream(file));
}
