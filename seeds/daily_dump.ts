import { type CsvWriter, csvCell, dayNumber, defineSeed, isoDay, type Random, scramble } from 'modelwright';
import {
  COUNTRIES,
  dayFactor,
  isActive,
  PLATFORMS,
  type Population,
  population,
  SECONDS_OF_DAY,
  spellsAround,
} from './_population.ts';
import { misspeltCountry, misspeltPlatform } from './_spelling.ts';

const DAY = 86_400;
const LONGEST_LAG = 5 * 3600;
const EVENTS_BEYOND_FIRST = 1.5;

/** Shares of an event's dirt, one kind each. */
const DUPLICATE = 0.015;
const OTHER_PAYLOAD = DUPLICATE + 0.0015;
const NULL_USER = OTHER_PAYLOAD + 0.002;
const FUTURE = NULL_USER + 0.0005;
const UNKNOWN_EVENT = FUTURE + 0.001;
const UNKNOWN_USER = UNKNOWN_EVENT + 0.0005;
const PLATFORM_SPELLING = UNKNOWN_USER + 0.01;
const COUNTRY_SPELLING = PLATFORM_SPELLING + 0.01;

/** Chances of a session: events that waited offline, and an event of the day before that is sent again with other content. */
const LATE_BY_DAYS = 0.0206;
const LATE_BY_A_WEEK = LATE_BY_DAYS + 0.0104;
const RESENT = LATE_BY_A_WEEK + 0.0085;
const BEFORE_SIGNUP = 0.02;

/** What happens of 256 times. */
const OTHER_PLATFORM = 38;
const TRAVELLING = 6;
const MISLABELLED = 13;

/**
 * The event log, one partition for each day of loading. A partition is made from the users' sessions of its day alone:
 * most of their events happened within hours, some days before, so that an event may lie in a later partition than its date.
 */
export default defineSeed<Population>({
  columns: {
    event_id: 'varchar',
    event_ts: 'timestamp',
    loaded_at: 'timestamp',
    user_id: 'varchar',
    event_name: 'varchar',
    platform: 'varchar',
    country: 'varchar',
    new_vs_returning: 'varchar',
  },
  partition: { column: 'load_date', dateOf: 'loaded_at' },

  partitions: ({ firstDay, days }) => Array.from({ length: days }, (_, n) => isoDay(dayNumber(firstDay) + n)),

  prepare: population,

  *write(partition, writer, context, people) {
    const log = new EventLog(writer, context.random('daily_dump', partition), people, dayNumber(partition));
    while (log.sessions()) yield;
  },
});

/** Writes the events that were loaded on one day. */
class EventLog {
  readonly #writer: CsvWriter;
  readonly #random: Random;
  readonly #people: Population;
  readonly #day: number;
  /** In seconds since 1970-01-01; other times of the log are counted from here. */
  readonly #midnight: number;
  readonly #factor: number;
  readonly #factorBefore: number;
  readonly #spells: Int32Array;
  /** The place of the next spell. */
  #next = 0;
  #index = 0;

  constructor(writer: CsvWriter, random: Random, people: Population, day: number) {
    this.#writer = writer;
    this.#random = random;
    this.#people = people;
    this.#day = day;
    this.#factor = dayFactor(day);
    this.#factorBefore = dayFactor(day - 1);
    this.#midnight = day * DAY;
    this.#spells = spellsAround(people, day);
  }

  /** Writes sessions until the writer is full; false when all of the day are written. */
  sessions(): boolean {
    const { user, start, days } = this.#people.spells;
    const day = this.#day;
    for (let at = this.#next; at < this.#spells.length; at++) {
      const spell = this.#spells[at] ?? 0;
      const age = day - (start[spell] ?? 0);
      if (age < 0 || age >= (days[spell] ?? 0)) continue;
      const somebody = user[spell] ?? 0;
      if (!isActive(this.#people, somebody, day, this.#factor)) continue;
      this.#session(somebody);
      if (!this.#writer.full) continue;
      this.#next = at + 1;
      return true;
    }
    return false;
  }

  /** A user's session of the day, and what they bring along from days before. */
  #session(user: number): void {
    const random = this.#random;
    const roll = random.next();
    this.#index = 0;
    this.#events(user, 0, random.next());
    if (roll < LATE_BY_DAYS) this.#events(user, DAY + random.below(2 * DAY), random.next());
    else if (roll < LATE_BY_A_WEEK) this.#events(user, 4 * DAY + random.below(6 * DAY), random.next());
    else if (roll < RESENT && isActive(this.#people, user, this.#day - 1, this.#factorBefore))
      this.#resend(user);
  }

  /** Some events in a row; `delay` is how long they waited before they were sent, in seconds. */
  #events(user: number, delay: number, roll: number): void {
    const random = this.#random;
    const signup = this.#signup(user);
    let loaded = SECONDS_OF_DAY[random.below(4096)] ?? 0;
    if (loaded - delay < signup && delay > 0) return;
    for (let left = eventCount(roll); left > 0; left--) {
      loaded = Math.min(loaded + random.below(400), DAY - 1);
      const haste = random.next();
      let happened = loaded - delay - Math.floor(haste * haste * haste * haste * LONGEST_LAG);
      if (happened <= signup) {
        happened = signup + 1 + this.#index;
        loaded = Math.max(loaded, happened);
        if (signup >= 0 && random.chance(BEFORE_SIGNUP)) happened = this.#beforeSignup(signup);
      }
      this.#event(user, this.#day, this.#index++, happened, loaded, random.next());
    }
  }

  /** Somebody tried the product before signing up, and the two were recognised as one. */
  #beforeSignup(signup: number): number {
    const first = (this.#people.firstDay - this.#day) * DAY;
    return Math.max(first, signup - 60 - this.#random.below(2 * DAY));
  }

  #resend(user: number): void {
    const random = this.#random;
    const loaded = SECONDS_OF_DAY[random.below(4096)] ?? 0;
    const happened = Math.max(loaded - DAY, this.#signup(user) + 1);
    this.#event(user, this.#day - 1, 0, happened, loaded, 1);
  }

  #signup(user: number): number {
    return ((this.#people.signup[user] ?? 0) - this.#midnight) | 0;
  }

  #event(user: number, day: number, index: number, happened: number, loaded: number, dirt: number): void {
    const isFuture = dirt >= NULL_USER && dirt < FUTURE;
    const when = isFuture ? this.#someday() : happened;
    const roll = this.#random.bits();
    if (dirt >= COUNTRY_SPELLING) {
      this.#row(user, day, index, happened, loaded, roll);
    } else if (dirt < DUPLICATE) {
      this.#row(user, day, index, happened, loaded, roll);
      this.#row(user, day, index, happened, loaded, roll);
    } else if (dirt < OTHER_PAYLOAD) {
      this.#row(user, day, index, happened, loaded, roll);
      const later = Math.min(loaded + this.#random.below(120), DAY - 1);
      this.#row(user, day, index, happened, later, this.#random.bits());
    } else {
      this.#begin(user, day, index, when, loaded);
      this.#dirtyCells(user, day, dirt, roll);
      this.#writer.endRow();
    }
  }

  /** A client whose clock is wrong. */
  #someday(): number {
    return (this.#people.lastDay + 1 - this.#day) * DAY + this.#random.below(400 * DAY);
  }

  /** One clean row; each byte of `roll` decides one thing. */
  #row(user: number, day: number, index: number, happened: number, loaded: number, roll: number): void {
    this.#begin(user, day, index, happened, loaded);
    this.#writer.numbered(USER_PREFIX, user + 1, 7);
    const event = EVENT_OF[roll & 255] ?? 0;
    const place = (event * PLATFORMS.length + this.#platformOf(user, roll)) * COUNTRIES.length;
    const ending = (place + this.#countryOf(user, roll)) * 2 + this.#freshnessOf(user, day, roll);
    this.#writer.bytes(ROW_ENDINGS[ending] ?? UNKNOWN_EVENT_CELL);
    this.#writer.endRow();
  }

  #begin(user: number, day: number, index: number, happened: number, loaded: number): void {
    const high = scramble(user ^ this.#people.word);
    this.#writer.hex(high, scramble(((day << 7) | (index & 127)) ^ high));
    this.#writer.timestamp(this.#midnight + happened);
    this.#writer.timestamp(this.#midnight + loaded);
  }

  #dirtyCells(user: number, day: number, dirt: number, roll: number): void {
    const writer = this.#writer;
    if (dirt < NULL_USER) writer.null();
    else
      writer.numbered(
        USER_PREFIX,
        dirt >= UNKNOWN_EVENT && dirt < UNKNOWN_USER ? 9_000_000 + (user % 1000) : user + 1,
        7,
      );
    const isUnknown = dirt >= FUTURE && dirt < UNKNOWN_EVENT;
    const event = isUnknown ? UNKNOWN_EVENTS[roll & 3] : EVENTS[EVENT_OF[roll & 255] ?? 0];
    writer.text(event ?? 'heartbeat');
    this.#platform(this.#platformOf(user, roll), dirt);
    this.#country(this.#countryOf(user, roll), dirt);
    writer.text(FRESHNESS[this.#freshnessOf(user, day, roll)] ?? 'new');
  }

  #platform(used: number, dirt: number): void {
    const isMisspelt = dirt >= UNKNOWN_USER && dirt < PLATFORM_SPELLING;
    const platform = PLATFORMS[used] ?? 'web';
    this.#writer.value(isMisspelt ? misspeltPlatform(platform, this.#random) : platform);
  }

  #country(seen: number, dirt: number): void {
    const isMisspelt = dirt >= PLATFORM_SPELLING && dirt < COUNTRY_SPELLING;
    const country = COUNTRIES[seen]?.name ?? '';
    this.#writer.value(isMisspelt ? misspeltCountry(country, this.#random) : country);
  }

  #platformOf(user: number, roll: number): number {
    const own = this.#people.platform[user] ?? 0;
    return ((roll >>> 8) & 255) < OTHER_PLATFORM ? 1 - own : own;
  }

  #countryOf(user: number, roll: number): number {
    const own = this.#people.country[user] ?? 0;
    const travels = (roll >>> 16) & 255;
    return travels < TRAVELLING ? (own + 1 + travels) % COUNTRIES.length : own;
  }

  /** 1 for a day that is the user's first, but for some mistakes. */
  #freshnessOf(user: number, day: number, roll: number): number {
    return (this.#people.signupDay[user] === day) === roll >>> 24 >= MISLABELLED ? 1 : 0;
  }
}

const USER_PREFIX = csvCell('u');
const EVENTS = ['editor touched', 'project created', 'project exported', 'project downloaded'] as const;
const UNKNOWN_EVENTS = ['heartbeat', 'editor_touched', 'Project Created', 'project deleted'] as const;
const UNKNOWN_EVENT_CELL = csvCell('heartbeat');
/** The events of 256 rolls, by their places in `EVENTS`. */
const EVENT_OF = Uint8Array.from({ length: 256 }, (_, roll) =>
  roll < 141 ? 0 : roll < 192 ? 1 : roll < 230 ? 2 : 3,
);
const FRESHNESS = ['returning', 'new'] as const;
/** The cells behind the user of a clean row, for every event, platform, country and freshness. */
const ROW_ENDINGS = EVENTS.flatMap((event) =>
  PLATFORMS.flatMap((platform) =>
    COUNTRIES.flatMap(({ name }) => FRESHNESS.map((freshness) => csvCell(event, platform, name, freshness))),
  ),
);

/** One, and a Poisson number of more: its cumulative distribution, walked. */
const POISSON = Array.from({ length: 16 }, (_, n) => poissonUpTo(n));

function eventCount(roll: number): number {
  let count = 0;
  while (roll >= (POISSON[count] ?? 1)) count++;
  return count + 1;
}

function poissonUpTo(count: number): number {
  let term = Math.exp(-EVENTS_BEYOND_FIRST);
  let sum = term;
  for (let n = 1; n <= count; n++) {
    term *= EVENTS_BEYOND_FIRST / n;
    sum += term;
  }
  return sum;
}
