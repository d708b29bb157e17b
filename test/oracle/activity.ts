import type { Day } from './calendar.ts';
import type { KeptEvent } from './events.ts';
import { ALL } from './spelling.ts';

/** What happened in one slice: its events by day, and who was active when. */
export interface Activity {
  readonly slice: string;
  readonly sliceValue: string;
  readonly eventsOn: (day: Day) => readonly KeptEvent[];
  readonly usersOn: (day: Day) => ReadonlySet<string>;
  /** Distinct users from one day to another, both included. */
  readonly usersBetween: (first: Day, last: Day) => ReadonlySet<string>;
}

/** The activity of everything, of each country and of each platform that occurs. */
export function activities(events: readonly KeptEvent[]): readonly Activity[] {
  const countries = [...new Set(events.map((event) => event.country))].sort();
  const platforms = [...new Set(events.map((event) => event.platform))].sort();
  return [
    activityOf('all', ALL, events),
    ...countries.map((country) =>
      activityOf(
        'country',
        country,
        events.filter((event) => event.country === country),
      ),
    ),
    ...platforms.map((platform) =>
      activityOf(
        'platform',
        platform,
        events.filter((event) => event.platform === platform),
      ),
    ),
  ];
}

function activityOf(slice: string, sliceValue: string, events: readonly KeptEvent[]): Activity {
  const byDay = new Map<Day, KeptEvent[]>();
  for (const event of events) byDay.set(event.day, [...(byDay.get(event.day) ?? []), event]);
  const users = new Map([...byDay].map(([day, ofDay]) => [day, new Set(ofDay.map((event) => event.user))]));
  const usersOn = (day: Day) => users.get(day) ?? new Set<string>();
  return {
    slice,
    sliceValue,
    eventsOn: (day) => byDay.get(day) ?? [],
    usersOn,
    usersBetween: (first, last) => {
      const union = new Set<string>();
      for (let day = first; day <= last; day++) for (const user of usersOn(day)) union.add(user);
      return union;
    },
  };
}
