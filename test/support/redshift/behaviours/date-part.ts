import { Refusal } from '../behaviour.ts';

const NAMES: Readonly<Record<string, string>> = {
  millennium: 'millennium millennia mil mils',
  century: 'century centuries c cent cents',
  decade: 'decade decades dec decs',
  epoch: 'epoch',
  year: 'year years y yr yrs',
  quarter: 'quarter quarters qtr qtrs',
  month: 'month months mon mons',
  week: 'week weeks w',
  dow: 'dayofweek dow dw weekday',
  doy: 'dayofyear doy dy yearday',
  day: 'day days d',
  hour: 'hour hours h hr hrs',
  minute: 'minute minutes m min mins',
  second: 'second seconds s sec secs',
  millisecond: 'millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon',
  microsecond: 'microsecond microseconds us usec usecs usecond useconds microsec microsecs microsecon',
};

const PARTS: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([part, names]) =>
    names.split(' ').map((name): [string, string] => [name, part]),
  ),
);

/** The whole name of a part of a date as it is written, bare or in quotes; an `m` is a minute. Throws a Refusal. */
export function datePart(written: string): string {
  const name = written.trim().replaceAll("'", '').toLowerCase();
  const part = PARTS.get(name);
  if (part === undefined) throw new Refusal({ code: '42703', message: `invalid date part: "${name}"` });
  return part;
}
