import { isoDate } from './calendar.ts';
import { money } from './exact.ts';
import type { RevenueMonth } from './revenue-month.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `arr_movements`: every customer whose ARR at a month's end is another than a month before. */
export function arrMovementRows(months: readonly RevenueMonth[]): readonly TextRow[] {
  return months.flatMap(({ period, movements }) =>
    movements.map(({ user, kind, opening, closing }) => ({
      month_start: isoDate(period.start),
      user_id: user,
      movement: kind,
      arr_opening: money(opening),
      arr_closing: money(closing),
      amount: money(closing - opening),
    })),
  );
}
