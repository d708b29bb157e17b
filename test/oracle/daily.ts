import type { Activity } from './activity.ts';
import { type Day, daysBetween, isoDate } from './calendar.ts';
import { ratio } from './exact.ts';
import type { TextRow } from './text-row.ts';

/** What the days of data are: from the first kept event to the as-of date. */
export interface Horizon {
  readonly first: Day;
  readonly asOf: Day;
}

/** The rows of `daily`: every day of every slice, its windows counted user by user. */
export function dailyRows(slices: readonly Activity[], { first, asOf }: Horizon): readonly TextRow[] {
  return slices.flatMap((activity) => {
    const seen = new Set<string>();
    return daysBetween(first, asOf).map((day) => {
      const users = activity.usersOn(day);
      const newUsers = [...users].filter((user) => !seen.has(user)).length;
      for (const user of users) seen.add(user);
      const ofLast28 = activity.usersBetween(day - 27, day).size;
      const userDays = daysBetween(day - 27, day).reduce((sum, past) => sum + activity.usersOn(past).size, 0);
      return {
        activity_date: isoDate(day),
        slice: activity.slice,
        slice_value: activity.sliceValue,
        dau: `${users.size}`,
        wau_7: `${activity.usersBetween(day - 6, day).size}`,
        mau_28: `${ofLast28}`,
        new_users: `${newUsers}`,
        returning_users: `${users.size - newUsers}`,
        dau_mau: ratio(users.size, ofLast28),
        stickiness_28: ratio(userDays, 28 * ofLast28),
        ...eventCounts(activity, day),
        is_warmup: `${day - first < 27}`,
      };
    });
  });
}

function eventCounts(activity: Activity, day: Day): TextRow {
  const events = activity.eventsOn(day);
  const named = (name: string) => events.filter((event) => event.name === name);
  const usersWith = (name: string) => new Set(named(name).map((event) => event.user)).size;
  return {
    projects_created: `${named('project created').length}`,
    projects_exported: `${named('project exported').length}`,
    projects_downloaded: `${named('project downloaded').length}`,
    editors_touched: `${named('editor touched').length}`,
    creators: `${usersWith('project created')}`,
    exporters: `${usersWith('project exported')}`,
    events: `${events.length}`,
  };
}
