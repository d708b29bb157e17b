/** A day as days since 1970-01-01. */
export type Day = number;

export function dayOf(date: string): Day {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

export function isoDate(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** A stretch of days, both ends included. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** From Monday to Sunday. */
export function weekOf(day: Day): Period {
  const weekday = new Date(day * 86_400_000).getUTCDay();
  const start = day - ((weekday + 6) % 7);
  return { start, end: start + 6 };
}

export function monthOf(day: Day): Period {
  const [year = '', month = ''] = isoDate(day).split('-');
  return {
    start: dayOf(`${year}-${month}-01`),
    end: Date.UTC(Number(year), Number(month), 0) / 86_400_000,
  };
}

/** The month so many months after the one that holds a day; before it for negative numbers. */
export function monthAfter(day: Day, months: number): Period {
  const [year = '', month = ''] = isoDate(day).split('-');
  return monthOf(Date.UTC(Number(year), Number(month) - 1 + months, 1) / 86_400_000);
}

/** All periods from the one that holds the first day to the one that holds the last. */
export function periodsBetween(first: Day, last: Day, periodOf: (day: Day) => Period): readonly Period[] {
  const periods: Period[] = [];
  for (let day = first; day <= last; ) {
    const period = periodOf(day);
    periods.push(period);
    day = period.end + 1;
  }
  return periods;
}

export function daysBetween(first: Day, last: Day): readonly Day[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Microseconds since 1970 of a timestamp in UTC, `2025-01-31 12:00:00.5`. */
export function instantOf(timestamp: string): number {
  const [seconds = '', fraction = ''] = timestamp.split('.');
  return Date.parse(`${seconds.replace(' ', 'T')}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
}

/** Which day it is in a timezone at a timestamp in UTC. */
export function localDayOf(timezone: string): (timestamp: string) => Day {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (timestamp) => dayOf(format.format(instantOf(timestamp) / 1000));
}
