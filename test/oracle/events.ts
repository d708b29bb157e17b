import { type Day, instantOf, localDayOf } from './calendar.ts';
import type { Spelling } from './spelling.ts';
import { cell, required, type TextRow } from './text-row.ts';
import type { Users } from './users.ts';

/** An event that counts, on its day in the project's timezone. */
export interface KeptEvent {
  readonly day: Day;
  readonly user: string;
  readonly name: string;
  readonly platform: string;
  readonly country: string;
}

export interface EventRules {
  readonly users: Users;
  readonly platform: Spelling;
  readonly country: Spelling;
  readonly timezone: string;
  readonly asOf: Day;
}

const NAMES = new Set(['project created', 'editor touched', 'project exported', 'project downloaded']);

/** The landed events that count: those that pass every rule, then one for each event_id. */
export function keptEvents(landed: readonly TextRow[], rules: EventRules): readonly KeptEvent[] {
  const dayAt = localDayOf(rules.timezone);
  const chosen = new Map<string | null, TextRow>();
  for (const row of landed) {
    const user = cell(row, 'user_id');
    const timestamp = cell(row, 'event_ts');
    if (!NAMES.has(cell(row, 'event_name') ?? '')) continue;
    if (user === null || !rules.users.known.has(user) || rules.users.internal.has(user)) continue;
    if (timestamp === null || dayAt(timestamp) > rules.asOf) continue;
    const id = cell(row, 'event_id');
    const rival = chosen.get(id);
    if (rival === undefined || isPreferred(row, rival)) chosen.set(id, row);
  }
  return [...chosen.values()].map((row) => ({
    day: dayAt(required(row, 'event_ts')),
    user: required(row, 'user_id'),
    name: required(row, 'event_name'),
    platform: rules.platform(cell(row, 'platform')),
    country: rules.country(cell(row, 'country')),
  }));
}

/** The latest loaded_at, then the greatest by the landed columns in their order; NULL is least. */
function isPreferred(row: TextRow, rival: TextRow): boolean {
  const orders = [
    instantOrder('loaded_at'),
    bytewise('event_id'),
    instantOrder('event_ts'),
    ...['user_id', 'event_name', 'platform', 'country', 'new_vs_returning'].map(bytewise),
  ];
  for (const order of orders) {
    const difference = order(row, rival);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

type Order = (a: TextRow, b: TextRow) => number;

function instantOrder(column: string): Order {
  return nullsLeast(column, (a, b) => instantOf(a) - instantOf(b));
}

function bytewise(column: string): Order {
  return nullsLeast(column, (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function nullsLeast(column: string, compare: (a: string, b: string) => number): Order {
  return (a, b) => {
    const [left, right] = [cell(a, column), cell(b, column)];
    if (left === null || right === null) return Number(left !== null) - Number(right !== null);
    return compare(left, right);
  };
}
