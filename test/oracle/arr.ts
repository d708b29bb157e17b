import { type Day, daysBetween, isoDate } from './calendar.ts';
import { money } from './exact.ts';
import { type Movement, movementsOf, totalOf } from './movement.ts';
import type { Revenue } from './revenue.ts';
import type { TextRow } from './text-row.ts';

const GROSS_NEW: readonly Movement['kind'][] = ['new', 'reactivation', 'expansion'];
const CANCELLED: readonly Movement['kind'][] = ['churn', 'contraction'];

/** The rows of `arr`: every day of every slice, moved against the day before, customer by customer. */
export function arrRows(slices: readonly Revenue[], first: Day, asOf: Day): readonly TextRow[] {
  const days = daysBetween(first, asOf);
  return slices.flatMap((revenue) => {
    const closings = days.map((day) => revenue.customersOn(day));
    const movements = movementsOf(closings);
    return days.map((day, index) => {
      const customers = closings[index] ?? new Map<string, bigint>();
      const ofDay = movements[index] ?? [];
      const gained = changeBy(ofDay, GROSS_NEW);
      const lost = -changeBy(ofDay, CANCELLED);
      return {
        as_of_day: isoDate(day),
        slice: revenue.slice,
        slice_value: revenue.sliceValue,
        arr_closing: money(totalOf(customers.values())),
        customers: `${customers.size}`,
        arr_gross_new: money(gained),
        arr_cancelled: money(lost),
        arr_net_new: money(gained - lost),
      };
    });
  });
}

function changeBy(movements: readonly Movement[], kinds: readonly Movement['kind'][]): bigint {
  return totalOf(
    movements.filter(({ kind }) => kinds.includes(kind)).map(({ opening, closing }) => closing - opening),
  );
}
