import { type Day, dayOf, instantOf } from './calendar.ts';
import { type Decimal, decimalOf, divideHalfAway } from './exact.ts';
import { UNKNOWN } from './spelling.ts';
import { cell, required, type TextRow } from './text-row.ts';
import type { Users } from './users.ts';

/** A subscription event that counts. */
export interface SubscriptionEvent {
  readonly subscription: string;
  readonly user: string;
  readonly day: Day;
  readonly type: string;
  readonly plan: string;
  readonly subscriptionType: string;
  /** What the subscription is worth in a year from here on, in cents; 0 for a trial. */
  readonly cents: bigint;
  readonly cancelReason: string;
}

export interface SubscriptionRules {
  readonly users: Users;
  /** Dollars for a unit of each currency. */
  readonly rates: ReadonlyMap<string, Decimal>;
  readonly asOf: Day;
}

/** The subscription events that count, in the order in which they take effect: a user who never landed is not internal. */
export function subscriptionEvents(
  landed: readonly TextRow[],
  { users, rates, asOf }: SubscriptionRules,
): readonly SubscriptionEvent[] {
  return landed
    .filter((row) => !users.internal.has(required(row, 'user_id')))
    .filter((row) => dayOf(required(row, 'effective_at')) <= asOf)
    .sort(inOrder)
    .map((row) => ({
      subscription: required(row, 'subscription_id'),
      user: required(row, 'user_id'),
      day: dayOf(required(row, 'effective_at')),
      type: required(row, 'type'),
      plan: cell(row, 'plan') || UNKNOWN,
      subscriptionType: cell(row, 'subscription_type') || UNKNOWN,
      cents: SETS_STATE.has(required(row, 'type')) ? annualCents(row, rates) : 0n,
      cancelReason: cell(row, 'cancel_reason') || UNKNOWN,
    }));
}

/** The dollars for a unit of each currency, from the static seed. */
export function exchangeRates(seed: readonly TextRow[]): ReadonlyMap<string, Decimal> {
  return new Map(seed.map((row) => [required(row, 'currency'), decimalOf(required(row, 'usd_rate'))]));
}

const SETS_STATE = new Set(['new', 'change', 'reactivate']);

function inOrder(a: TextRow, b: TextRow): number {
  return (
    dayOf(required(a, 'effective_at')) - dayOf(required(b, 'effective_at')) ||
    instantOf(required(a, 'recorded_at')) - instantOf(required(b, 'recorded_at')) ||
    Number(BigInt(required(a, 'event_seq')) - BigInt(required(b, 'event_seq')))
  );
}

/** price × quantity × months × (1 − discount) × rate, rounded once, half up, to the cent. */
function annualCents(row: TextRow, rates: ReadonlyMap<string, Decimal>): bigint {
  const price = decimalOf(required(row, 'subscription_price'));
  const discount = decimalOf(cell(row, 'discount') ?? '0');
  const rate = rates.get(required(row, 'currency'));
  if (rate === undefined) throw new Error(`no rate for ${required(row, 'currency')}`);
  const one = 10n ** BigInt(discount.scale);
  const units =
    price.units *
    BigInt(cell(row, 'quantity') ?? '1') *
    paymentsPerYear(required(row, 'subscription_type')) *
    (one - discount.units) *
    rate.units;
  return divideHalfAway(units * 100n, 10n ** BigInt(price.scale + discount.scale + rate.scale));
}

function paymentsPerYear(subscriptionType: string): bigint {
  if (subscriptionType === 'monthly') return 12n;
  if (subscriptionType === 'yearly') return 1n;
  throw new Error(`a subscription is paid ${subscriptionType}`);
}
