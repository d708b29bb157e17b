import { type Day, monthAfter, monthOf, type Period, periodsBetween } from './calendar.ts';
import { type Movement, movementsOf } from './movement.ts';
import { type Customers, NOBODY, type Revenue } from './revenue.ts';

/** A month of revenue: its customers at both ends and what moved between them. The running month ends on the as-of date. */
export interface RevenueMonth {
  readonly period: Period;
  readonly isComplete: boolean;
  readonly opening: Customers;
  readonly closing: Customers;
  /** At the end of the same month a year before. */
  readonly yearBefore: Customers;
  readonly movements: readonly Movement[];
}

/** All months from the first day to the as-of date. */
export function revenueMonths(all: Revenue, first: Day, asOf: Day): readonly RevenueMonth[] {
  const months = periodsBetween(first, asOf, monthOf);
  const closings = months.map((month) => all.customersOn(Math.min(month.end, asOf)));
  const movements = movementsOf(closings);
  return months.map((period, index) => ({
    period,
    isComplete: period.end <= asOf,
    opening: closings[index - 1] ?? NOBODY,
    closing: closings[index] ?? NOBODY,
    yearBefore: all.customersOn(monthAfter(period.start, -12).end),
    movements: movements[index] ?? [],
  }));
}
