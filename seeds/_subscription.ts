import { hashUnit, type Random, type SeedContext } from 'modelwright';
import type { Population } from './_population.ts';

export const PLANS = ['basic', 'pro', 'team'] as const;
export const TYPES = ['trial', 'new', 'change', 'cancel_request', 'cancel', 'reactivate'] as const;
export const REASONS = ['price', 'service', 'not using', 'switched to competitor'] as const;

export type Plan = (typeof PLANS)[number];
export type ChangeType = (typeof TYPES)[number];
type Reason = (typeof REASONS)[number];

/** A row of subscription_data; days are counted from 1970-01-01, `recordedAt` is in seconds since then. */
export interface SubscriptionRow {
  readonly user: number;
  readonly sequence: number;
  /** 1 or 2: the user's first or second subscription. */
  readonly subscription: number;
  readonly effectiveDay: number;
  readonly recordedAt: number;
  readonly type: ChangeType;
  readonly terms: Terms;
  /** Months since the subscription began. */
  readonly tenure: number;
  readonly reason: Reason | null;
}

/** What a subscription costs; the price is for one seat and one billing period. */
export interface Terms {
  readonly plan: Plan;
  readonly yearly: boolean;
  readonly quantity: number | null;
  readonly priceCents: number;
  readonly discount: number | null;
}

const SUBSCRIBERS = 0.35;
const SECOND_SUBSCRIPTION = 0.15;
const MONTHLY_CENTS: Readonly<Record<Plan, number>> = { basic: 999, pro: 1999, team: 4999 };
const MONTHLY_SHARE = 0.6;
const TRIAL_SHARE = 0.3;
const TRIAL_DAYS = 14;
const CONVERSION = 0.6;
const DISCOUNT_SHARE = 0.2;
const DISCOUNTS = [0.05, 0.1, 0.1, 0.15, 0.2, 0.2, 0.25, 0.5, 1] as const;
const CHURN_PER_DAY = { monthly: 0.003, yearly: 0.0008 };
const CHANGE_PER_DAY = 0.0015;
const RETURN_SHARE = 0.3;
const LONG_PAUSE_SHARE = 0.1;
const BACKDATED_SHARE = 0.03;
const REQUESTED_SHARE = 0.6;
const ANNOUNCED_SHARE = 0.3;
const WITHOUT_REASON = 0.02;
const REVERTED_SHARE = 0.15;
const SAME_DAY_CANCEL = 0.01;

/** All that ever happens to a user's subscriptions, in order; empty for most users. Rows recorded after the last day are cut. */
export function subscriptionHistory(
  context: SeedContext,
  people: Population,
  user: number,
): readonly SubscriptionRow[] {
  if (hashUnit(people.word, user, -1) >= SUBSCRIBERS) return [];
  const random = context.random('subscription', user);
  const signupDay = Math.floor((people.signup[user] ?? 0) / 86_400);
  const history = new History(user, people.lastDay);
  const begin = signupDay + Math.floor(random.exponential() * 15);
  subscribe(history, random, 1, begin);
  if (random.chance(SECOND_SUBSCRIPTION)) {
    subscribe(history, random, 2, begin + 1 + Math.floor(random.exponential() * 60));
  }
  return history.rows;
}

/** Takes down what happens, with the time at which it was recorded. */
class History {
  readonly rows: SubscriptionRow[] = [];
  readonly lastDay: number;
  readonly #user: number;
  #sequence = 0;

  constructor(user: number, lastDay: number) {
    this.#user = user;
    this.lastDay = lastDay;
  }

  add(
    random: Random,
    { subscription, effectiveDay, recordedDay, type, terms, tenure, reason }: Change,
  ): void {
    const user = this.#user;
    const sequence = (user + 1) * 1000 + this.#sequence++;
    const late = random.chance(BACKDATED_SHARE) ? 3 + random.below(40) : 0;
    // Nothing is recorded behind the last day, or a subscription could lose its beginning and keep its end.
    const day = recordedDay + late > this.lastDay ? recordedDay : recordedDay + late;
    const recordedAt = day * 86_400 + 21_600 + random.below(57_600);
    if (day > this.lastDay) return;
    const row = { user, sequence, subscription, effectiveDay, recordedAt, type, terms, tenure, reason };
    this.rows.push(row);
  }
}

/** What happens to a subscription; it may be recorded before the day it takes effect (announced) or behind it (backdated). */
type Change = Omit<SubscriptionRow, 'user' | 'sequence' | 'recordedAt'> & { readonly recordedDay: number };

function subscribe(history: History, random: Random, subscription: number, begin: number): void {
  let terms = firstTerms(random);
  let day = begin;
  const at = (effectiveDay: number, type: ChangeType, reason: Reason | null = null): Change => ({
    subscription,
    effectiveDay,
    recordedDay: effectiveDay,
    type,
    terms,
    tenure: Math.floor((effectiveDay - begin) / 30.44),
    reason,
  });
  if (random.chance(TRIAL_SHARE)) {
    history.add(random, at(day, 'trial'));
    day += TRIAL_DAYS;
    if (!random.chance(CONVERSION)) {
      history.add(random, at(day, 'cancel', reasonOf(random)));
      return;
    }
  }
  let type: ChangeType = 'new';
  while (day <= history.lastDay) {
    history.add(random, at(day, type));
    const ends = day + daysUntilCancel(random, terms.yearly);
    for (;;) {
      const changes = day + 1 + Math.floor(random.exponential() / CHANGE_PER_DAY);
      if (changes >= ends || changes > history.lastDay) break;
      const before = terms;
      terms = changedTerms(random, terms);
      day = changes;
      history.add(random, at(day, 'change'));
      if (random.chance(REVERTED_SHARE) && day + 10 < ends) {
        terms = before;
        day += 1 + random.below(9);
        history.add(random, at(day, 'change'));
      }
    }
    cancel(history, random, at(ends, 'cancel'), day);
    day = ends + pause(random);
    type = 'reactivate';
    if (!random.chance(RETURN_SHARE)) return;
  }
}

/** A cancellation is often asked for, and sometimes recorded, before it takes effect. */
function cancel(history: History, random: Random, row: Change, notBefore: number): void {
  const noticeDay = Math.max(notBefore, row.effectiveDay - 1 - random.below(20));
  const reason = reasonOf(random);
  if (random.chance(REQUESTED_SHARE)) {
    history.add(random, {
      ...row,
      type: 'cancel_request',
      effectiveDay: noticeDay,
      recordedDay: noticeDay,
      reason,
    });
  }
  const recordedDay = random.chance(ANNOUNCED_SHARE) ? noticeDay : row.effectiveDay;
  history.add(random, { ...row, recordedDay, reason });
}

function firstTerms(random: Random): Terms {
  const roll = random.next();
  const plan: Plan = roll < 0.5 ? 'basic' : roll < 0.83 ? 'pro' : 'team';
  const yearly = !random.chance(MONTHLY_SHARE);
  const single = random.chance(0.05) ? null : 1;
  const quantity = plan === 'team' ? 2 + random.below(18) : single;
  const undiscounted = random.chance(0.3) ? null : 0;
  const discount = random.chance(DISCOUNT_SHARE) ? random.pick(DISCOUNTS) : undiscounted;
  return { plan, yearly, quantity, priceCents: priceOf(plan, yearly), discount };
}

/** Another plan, number of seats, billing period, or a discount that comes or goes. */
function changedTerms(random: Random, terms: Terms): Terms {
  const roll = random.next();
  if (roll < 0.4) {
    const plan = random.pick(PLANS);
    return { ...terms, plan, priceCents: priceOf(plan, terms.yearly) };
  }
  if (roll < 0.6) return { ...terms, quantity: Math.max(1, (terms.quantity ?? 1) + random.below(7) - 3) };
  if (roll < 0.75) return { ...terms, discount: (terms.discount ?? 0) > 0 ? 0 : random.pick(DISCOUNTS) };
  const yearly = !terms.yearly;
  if (roll < 0.9) return { ...terms, yearly, priceCents: priceOf(terms.plan, yearly) };
  const perYear = terms.yearly ? terms.priceCents : terms.priceCents * 12;
  const sameArr = perYear % 12 === 0;
  return sameArr ? { ...terms, yearly, priceCents: yearly ? perYear : perYear / 12 } : terms;
}

/** A year costs ten months. */
function priceOf(plan: Plan, yearly: boolean): number {
  return MONTHLY_CENTS[plan] * (yearly ? 10 : 1);
}

function daysUntilCancel(random: Random, yearly: boolean): number {
  if (random.chance(SAME_DAY_CANCEL)) return 0;
  const hazard = yearly ? CHURN_PER_DAY.yearly : CHURN_PER_DAY.monthly;
  return 1 + Math.floor(random.exponential() / hazard);
}

function pause(random: Random): number {
  return random.chance(LONG_PAUSE_SHARE) ? 150 + random.below(250) : 5 + random.below(61);
}

function reasonOf(random: Random): Reason | null {
  return random.chance(WITHOUT_REASON) ? null : random.pick(REASONS);
}
