import { HelperError } from '../template/helper.ts';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The project's `as_of_date`, which a test counts back from; an error where there is none. */
export function requiredAsOfDate(test: string, asOfDate: string | undefined): string {
  if (asOfDate !== undefined && ISO_DATE.test(asOfDate)) return asOfDate;
  throw new HelperError(
    `${test} needs the var "as_of_date", a date such as 2025-12-31.`,
    'Declare it under vars in project.yml: as_of_date: { default: "2025-12-31", per_run: true }',
  );
}

const MILLISECONDS_OF_DAY = 86_400_000;

/** The ISO date so many days after another, or before it where `days` is below zero. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * MILLISECONDS_OF_DAY).toISOString().slice(0, 10);
}
