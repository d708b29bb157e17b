import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activities } from './activity.ts';
import { arrRows } from './arr.ts';
import { arrBridgeRows } from './arr-bridge.ts';
import { arrCancelledRows } from './arr-cancelled.ts';
import { arrMovementRows } from './arr-movements.ts';
import { type Day, dayOf, monthOf, weekOf } from './calendar.ts';
import { dailyRows } from './daily.ts';
import { type KeptEvent, keptEvents } from './events.ts';
import { growthRows } from './growth.ts';
import { readLanded } from './landed-table.ts';
import type { PublishedRows } from './published-columns.ts';
import { retentionRows } from './retention.ts';
import { revenues } from './revenue.ts';
import { revenueMonths } from './revenue-month.ts';
import { spellingOf } from './spelling.ts';
import { exchangeRates, type SubscriptionEvent, subscriptionEvents } from './subscription-event.ts';
import { tallRows } from './tall.ts';
import { csvRows } from './text-row.ts';
import { usersOf } from './users.ts';

/** What the oracle computes from: a project's landing zone and static seeds, and the two vars that matter. */
export interface OracleInput {
  readonly landing: string;
  readonly seeds: string;
  /** `2025-12-31` */
  readonly asOf: string;
  readonly timezone: string;
}

/**
 * Computes every published relation a second time: from the landed files, with sets of users and a replay of
 * subscriptions, in no SQL and with nothing of the framework or the project.
 */
export function recompute(input: OracleInput): PublishedRows {
  const asOf = dayOf(input.asOf);
  const seed = (name: string) => csvRows(readFileSync(join(input.seeds, `${name}.csv`), 'utf8'), '');
  const users = usersOf(readLanded(input.landing, 'users'));
  const events = keptEvents(readLanded(input.landing, 'daily_dump'), {
    users,
    platform: spellingOf(seed('platform_spellings'), 'platform'),
    country: spellingOf(seed('country_spellings'), 'country'),
    timezone: input.timezone,
    asOf,
  });
  const subscriptions = subscriptionEvents(readLanded(input.landing, 'subscription_data'), {
    users,
    rates: exchangeRates(seed('exchange_rates')),
    asOf,
  });
  const published = { ...ofActivity(events, asOf), ...ofRevenue(subscriptions, asOf) };
  return { ...published, tall_table: tallRows(published, input.asOf) };
}

function ofActivity(events: readonly KeptEvent[], asOf: Day) {
  const slices = events.length === 0 ? [] : activities(events);
  const horizon = { first: earliest(events), asOf };
  const [all] = slices;
  return {
    daily: dailyRows(slices, horizon),
    weekly: growthRows(slices, horizon, weekOf),
    monthly: growthRows(slices, horizon, monthOf),
    retention: all === undefined ? [] : retentionRows(all, horizon),
  };
}

function ofRevenue(events: readonly SubscriptionEvent[], asOf: Day) {
  const first = earliest(events);
  const slices = events.length === 0 ? [] : revenues(events, first, asOf);
  const [all] = slices;
  const months = all === undefined ? [] : revenueMonths(all, first, asOf);
  return {
    arr: arrRows(slices, first, asOf),
    arr_movements: arrMovementRows(months),
    arr_bridge: arrBridgeRows(months),
    arr_cancelled_by_reason: all === undefined ? [] : arrCancelledRows(all, events, months),
  };
}

function earliest(events: readonly { readonly day: Day }[]): Day {
  return events.reduce((first, { day }) => Math.min(first, day), Number.POSITIVE_INFINITY);
}
