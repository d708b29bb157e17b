import { isoDate } from './calendar.ts';
import { money, ratio } from './exact.ts';
import { type Movement, totalOf } from './movement.ts';
import type { RevenueMonth } from './revenue-month.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `arr_bridge`: each month from its opening to its closing. */
export function arrBridgeRows(months: readonly RevenueMonth[]): readonly TextRow[] {
  return months.map((month) => {
    const amount = (kind: Movement['kind']) =>
      totalOf(
        month.movements.filter((each) => each.kind === kind).map((each) => each.closing - each.opening),
      );
    const count = (kind: Movement['kind']) =>
      `${month.movements.filter((each) => each.kind === kind).length}`;
    return {
      month_start: isoDate(month.period.start),
      arr_opening: money(totalOf(month.opening.values())),
      arr_new: money(amount('new')),
      arr_reactivation: money(amount('reactivation')),
      arr_expansion: money(amount('expansion')),
      arr_contraction: money(-amount('contraction')),
      arr_churn: money(-amount('churn')),
      arr_closing: money(totalOf(month.closing.values())),
      customers_opening: `${month.opening.size}`,
      customers_new: count('new'),
      customers_reactivated: count('reactivation'),
      customers_churned: count('churn'),
      customers_closing: `${month.closing.size}`,
      ...yearOnYear(month),
      is_complete: `${month.isComplete}`,
    };
  });
}

/** What the customers of a year before are worth now, with and without what they have added. */
function yearOnYear({ yearBefore, closing }: RevenueMonth): TextRow {
  const then = totalOf(yearBefore.values());
  const pairs = [...yearBefore].map(([user, was]) => ({ was, is: closing.get(user) ?? 0n }));
  return {
    nrr_12m: ratio(totalOf(pairs.map(({ is }) => is)), then),
    grr_12m: ratio(totalOf(pairs.map(({ was, is }) => (is < was ? is : was))), then),
  };
}
