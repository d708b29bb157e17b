import type { Activity } from './activity.ts';
import { type Day, daysBetween, isoDate, type Period, periodsBetween } from './calendar.ts';
import type { Horizon } from './daily.ts';
import { ratio } from './exact.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `weekly` and `monthly`: who is new, stayed, came back or left, period against period. */
export function growthRows(
  slices: readonly Activity[],
  horizon: Horizon,
  periodOf: (day: Day) => Period,
): readonly TextRow[] {
  const periods = periodsBetween(horizon.first, horizon.asOf, periodOf);
  return slices.flatMap((activity) => {
    const everBefore = new Set<string>();
    let before: ReadonlySet<string> = new Set();
    return periods.map((period) => {
      const active = activity.usersBetween(period.start, period.end);
      const row = growthRow(activity, period, horizon, { active, before, everBefore });
      for (const user of active) everBefore.add(user);
      before = active;
      return row;
    });
  });
}

interface Users {
  readonly active: ReadonlySet<string>;
  /** Active in the period before. */
  readonly before: ReadonlySet<string>;
  /** Active in any period before. */
  readonly everBefore: ReadonlySet<string>;
}

function growthRow(activity: Activity, period: Period, horizon: Horizon, users: Users): TextRow {
  const active = [...users.active];
  const created = active.filter((user) => !users.everBefore.has(user)).length;
  const retained = active.filter((user) => users.before.has(user)).length;
  const resurrected = active.filter((user) => users.everBefore.has(user) && !users.before.has(user)).length;
  const churned = [...users.before].filter((user) => !users.active.has(user)).length;
  const days = daysBetween(Math.max(period.start, horizon.first), Math.min(period.end, horizon.asOf));
  const userDays = days.reduce((sum, day) => sum + activity.usersOn(day).size, 0);
  return {
    period_start: isoDate(period.start),
    period_end: isoDate(period.end),
    slice: activity.slice,
    slice_value: activity.sliceValue,
    active_users: `${active.length}`,
    new_users: `${created}`,
    retained_users: `${retained}`,
    resurrected_users: `${resurrected}`,
    churned_users: `${churned}`,
    quick_ratio: ratio(created + resurrected, churned),
    retention_rate: ratio(retained, users.before.size),
    avg_dau: ratio(userDays, days.length),
    is_complete: `${period.end <= horizon.asOf}`,
  };
}
