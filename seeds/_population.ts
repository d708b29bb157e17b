import { dayNumber, type Random, type SeedContext, scramble } from 'modelwright';

/** The countries of users, with their shares and time zones. */
export const COUNTRIES = [
  { name: 'United States', share: 0.34, timezone: 'America/New_York', currency: 'USD' },
  { name: 'United Kingdom', share: 0.1, timezone: 'Europe/London', currency: 'GBP' },
  { name: 'Germany', share: 0.1, timezone: 'Europe/Berlin', currency: 'EUR' },
  { name: 'India', share: 0.1, timezone: 'Asia/Kolkata', currency: 'USD' },
  { name: 'Brazil', share: 0.09, timezone: 'America/Sao_Paulo', currency: 'USD' },
  { name: 'France', share: 0.08, timezone: 'Europe/Paris', currency: 'EUR' },
  { name: 'Canada', share: 0.07, timezone: 'America/Toronto', currency: 'USD' },
  { name: 'Japan', share: 0.05, timezone: 'Asia/Tokyo', currency: 'USD' },
  { name: 'Australia', share: 0.04, timezone: 'Australia/Sydney', currency: 'USD' },
  { name: 'Spain', share: 0.03, timezone: 'Europe/Madrid', currency: 'EUR' },
] as const;

export const PLATFORMS = ['web', 'mobile'] as const;

const MONTHLY_GROWTH = 1.07;
const CORE_SHARE = 0.35;
const MOBILE_SHARE = 0.4;
const INTERNAL_SHARE = 0.01;
const CORE_HAZARD = 0.002;
const RESURRECTION_HAZARD = 0.004;
/** A casual user's churn hazard at age t days is 6 % / (1 + t / 15), so the integral up to t is 0.9 × ln(1 + t / 15). */
const CASUAL_HAZARD_DAYS = 15;
const CASUAL_HAZARD_SCALE = 0.9;
const FIRST_DAY_CHANCE = 0.9;
/** Sunday to Saturday. */
const WEEKDAY_FACTORS = [0.45, 0.95, 1.05, 1.08, 1.06, 1.0, 0.5] as const;
/** Share of a day's activity in each hour, UTC. */
const HOURS = [3, 2, 2, 2, 2, 3, 5, 8, 10, 11, 11, 10, 10, 12, 13, 13, 12, 11, 10, 9, 8, 7, 5, 4] as const;
const LATEST_SIGNUP_SECOND = 86_000;

/**
 * Everybody who ever signs up, and when they are around: a user is active on a day only inside one of their spells.
 * Users are numbered in order of signup; days are counted from 1970-01-01, times are seconds since then.
 */
export interface Population {
  readonly users: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly signup: Float64Array;
  readonly signupDay: Int32Array;
  readonly country: Uint8Array;
  readonly platform: Uint8Array;
  readonly internal: Uint8Array;
  /** Probability of activity on an ordinary day of a spell. */
  readonly chance: Float32Array;
  /** Bits of each user's own, from which those of their days are made. */
  readonly key: Int32Array;
  readonly spells: Spells;
  readonly word: number;
}

/** Spells in order of user: so many days from `start` on. */
export interface Spells {
  readonly user: Int32Array;
  readonly start: Int32Array;
  readonly days: Int32Array;
  /** For each month of data, 32 days from the first on: the spells with a day in it, in order. */
  readonly months: readonly Int32Array[];
}

const POPULATIONS = new WeakMap<SeedContext, Population>();

/** The population of a generation; the same in every worker, and made once for all seeds of one. */
export function population(context: SeedContext): Population {
  const people = POPULATIONS.get(context) ?? settle(context);
  POPULATIONS.set(context, people);
  return people;
}

function settle(context: SeedContext): Population {
  const random = context.random('population');
  const firstDay = dayNumber(context.firstDay);
  const lastDay = dayNumber(context.asOf);
  const { users } = context;
  const signup = signups(random, users, firstDay, context.days);
  const signupDay = Int32Array.from(signup, (second) => Math.floor(second / 86_400));
  const country = new Uint8Array(users);
  const platform = new Uint8Array(users);
  const internal = new Uint8Array(users);
  const chance = new Float32Array(users);
  const spells = { user: [] as number[], start: [] as number[], days: [] as number[] };
  for (let user = 0; user < users; user++) {
    country[user] = countryOf(random.next());
    platform[user] = random.chance(MOBILE_SHARE) ? 1 : 0;
    internal[user] = random.chance(INTERNAL_SHARE) ? 1 : 0;
    const core = random.chance(CORE_SHARE);
    chance[user] = core ? 0.35 + 0.4 * random.next() : 0.08 + 0.15 * random.next();
    const born = signupDay[user] ?? 0;
    for (let day = born; day <= lastDay; ) {
      const end = Math.min(lastDay, day + Math.floor(spellLength(random, core, day - born))) + 1;
      spells.user.push(user);
      spells.start.push(day);
      spells.days.push(end - day);
      day = end + Math.ceil(random.exponential() / RESURRECTION_HAZARD);
    }
  }
  const word = random.bits() | 0;
  return {
    users,
    firstDay,
    lastDay,
    signup,
    signupDay,
    country,
    platform,
    internal,
    chance,
    key: Int32Array.from({ length: users }, (_, user) => scramble(scramble(word) ^ user)),
    spells: spellsByMonth(spells, firstDay, lastDay),
    word,
  };
}

type Columns = Readonly<Record<'user' | 'start' | 'days', readonly number[]>>;

function spellsByMonth({ user, start, days }: Columns, firstDay: number, lastDay: number): Spells {
  const months: number[][] = Array.from({ length: ((lastDay - firstDay) >> 5) + 1 }, () => []);
  for (const [spell, began] of start.entries()) {
    const end = began + (days[spell] ?? 0) - 1;
    for (let month = (began - firstDay) >> 5; month <= (end - firstDay) >> 5; month++)
      months[month]?.push(spell);
  }
  const columns = { user: Int32Array.from(user), start: Int32Array.from(start), days: Int32Array.from(days) };
  return { ...columns, months: months.map((spells) => Int32Array.from(spells)) };
}

/** The spells that are to be asked whether they have a day: all that do are among them, in order of user. */
export function spellsAround({ spells, firstDay }: Population, day: number): Int32Array {
  return spells.months[(day - firstDay) >> 5] ?? new Int32Array();
}

/** Whether a user who is in a spell is active on a day; the same whoever asks, in whatever order. */
export function isActive(people: Population, user: number, day: number, factor: number): boolean {
  const chance = people.signupDay[user] === day ? FIRST_DAY_CHANCE : (people.chance[user] ?? 0) * factor;
  return (scramble((people.key[user] ?? 0) ^ day) >>> 0) * 2 ** -32 < chance;
}

/** How lively a day is: the weekday, and the quiet from Christmas to New Year. */
export function dayFactor(day: number): number {
  const date = new Date(day * 86_400_000);
  const month = date.getUTCMonth() + 1;
  const dayOfMonth = date.getUTCDate();
  const isHoliday = (month === 12 && dayOfMonth >= 24) || (month === 1 && dayOfMonth === 1);
  return (WEEKDAY_FACTORS[date.getUTCDay()] ?? 1) * (isHoliday ? 0.45 : 1);
}

/** 4096 seconds of a day, as often at each hour as people are active then. */
export const SECONDS_OF_DAY: Int32Array = secondsOfDay();

function spellLength(random: Random, core: boolean, age: number): number {
  const patience = random.exponential();
  return core
    ? patience / CORE_HAZARD
    : (CASUAL_HAZARD_DAYS + age) * (Math.exp(patience / CASUAL_HAZARD_SCALE) - 1);
}

/** Sorted signup times: given their number, the arrivals of a Poisson process that grows every month. */
function signups(random: Random, users: number, firstDay: number, days: number): Float64Array {
  const upTo = new Float64Array(days);
  let weight = 0;
  for (let day = 0; day < days; day++) {
    weight += MONTHLY_GROWTH ** (day / 30.44) * dayFactor(firstDay + day);
    upTo[day] = weight;
  }
  const waits = Float64Array.from({ length: users + 1 }, () => random.exponential());
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  const times = new Float64Array(users);
  let arrived = 0;
  let day = 0;
  for (let user = 0; user < users; user++) {
    arrived += waits[user] ?? 0;
    while (day < days - 1 && (upTo[day] ?? 0) < (arrived / total) * weight) day++;
    const second = SECONDS_OF_DAY[random.below(SECONDS_OF_DAY.length)] ?? 0;
    times[user] = (firstDay + day) * 86_400 + Math.min(second, LATEST_SIGNUP_SECOND);
  }
  return times.sort();
}

function countryOf(roll: number): number {
  let upTo = 0;
  for (const [index, { share }] of COUNTRIES.entries()) {
    upTo += share;
    if (roll < upTo) return index;
  }
  return 0;
}

function secondsOfDay(): Int32Array {
  const total = HOURS.reduce<number>((sum, share) => sum + share, 0);
  const seconds = new Int32Array(4096);
  let hour = 0;
  let before = 0;
  for (let i = 0; i < seconds.length; i++) {
    const at = (i / seconds.length) * total;
    while (at >= before + (HOURS[hour] ?? 0)) before += HOURS[hour++] ?? 0;
    seconds[i] = Math.floor((hour + (at - before) / (HOURS[hour] ?? 1)) * 3600);
  }
  return seconds;
}
