import { type Day, daysBetween, isoDate } from './calendar.ts';
import { money } from './exact.ts';
import { totalOf } from './movement.ts';
import type { Revenue } from './revenue.ts';
import type { RevenueMonth } from './revenue-month.ts';
import { UNKNOWN } from './spelling.ts';
import type { SubscriptionEvent } from './subscription-event.ts';
import type { TextRow } from './text-row.ts';

/** What a customer lost from one day to the next, and why. */
interface Loss {
  readonly day: Day;
  readonly user: string;
  readonly cents: bigint;
  readonly reason: string;
}

/** The rows of `arr_cancelled_by_reason`: every month with every reason that occurs, and `(unknown)`. */
export function arrCancelledRows(
  all: Revenue,
  events: readonly SubscriptionEvent[],
  months: readonly RevenueMonth[],
): readonly TextRow[] {
  const cancels = events.filter((event) => event.type === 'cancel');
  const reasons = [...new Set([...cancels.map((event) => event.cancelReason), UNKNOWN])].sort();
  return months.flatMap(({ period }) => {
    const losses = daysBetween(period.start, period.end).flatMap((day) => lossesOn(day, all, cancels));
    return reasons.map((reason) => {
      const ofReason = losses.filter((loss) => loss.reason === reason);
      return {
        month_start: isoDate(period.start),
        cancel_reason: reason,
        amount: money(totalOf(ofReason.map(({ cents }) => cents))),
        customers: `${new Set(ofReason.map(({ user }) => user)).size}`,
      };
    });
  });
}

function lossesOn(day: Day, all: Revenue, cancels: readonly SubscriptionEvent[]): readonly Loss[] {
  if (!all.covers(day)) return [];
  const now = all.customersOn(day);
  return [...all.customersOn(day - 1)].flatMap(([user, before]) => {
    const cents = before - (now.get(user) ?? 0n);
    if (cents <= 0n) return [];
    const ofDay = cancels.filter((event) => event.user === user && event.day === day);
    return [{ day, user, cents, reason: ofDay.at(-1)?.cancelReason ?? UNKNOWN }];
  });
}
