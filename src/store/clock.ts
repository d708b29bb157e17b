import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { readText } from './state-query.ts';

/** The warehouse's time: a timestamp in UTC, as text that it accepts back. State never holds this machine's time. */
export async function readClock(session: Session, dialect: Dialect): Promise<string> {
  const { rows } = await session.query(dialect.clockQuery());
  return readText(rows[0] ?? {}, 'now');
}

/** Milliseconds from one timestamp of the warehouse to another. */
export function elapsed(from: string, to: string): number {
  return instant(to) - instant(from);
}

function instant(timestamp: string): number {
  const iso = timestamp.replace(' ', 'T');
  return Date.parse(/(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(iso) ? iso : `${iso}Z`);
}
