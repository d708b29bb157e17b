import type { Activity } from './activity.ts';
import { isoDate, monthOf, periodsBetween } from './calendar.ts';
import type { Horizon } from './daily.ts';
import { ratio } from './exact.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `retention`: every month as a cohort, and who of it came back so many months later, or later still. */
export function retentionRows(all: Activity, { first, asOf }: Horizon): readonly TextRow[] {
  const months = periodsBetween(first, asOf, monthOf).map((month) => ({
    ...month,
    users: all.usersBetween(month.start, month.end),
  }));
  const earlier = new Set<string>();
  return months.flatMap((month, index) => {
    const cohort = [...month.users].filter((user) => !earlier.has(user));
    for (const user of cohort) earlier.add(user);
    return months.slice(index).map((later, monthNumber) => {
      const on = cohort.filter((user) => later.users.has(user)).length;
      const orAfter = months.slice(index + monthNumber);
      const onOrAfter = cohort.filter((user) => orAfter.some(({ users }) => users.has(user))).length;
      return {
        cohort_month: isoDate(month.start),
        month_number: `${monthNumber}`,
        cohort_size: `${cohort.length}`,
        retained_on: `${on}`,
        retained_on_or_after: `${onOrAfter}`,
        retention_on: ratio(on, cohort.length),
        retention_on_or_after: ratio(onOrAfter, cohort.length),
        is_complete: `${later.end <= asOf}`,
      };
    });
  });
}
