import type { Day } from './calendar.ts';
import { ALL } from './spelling.ts';
import type { SubscriptionEvent } from './subscription-event.ts';

/** ARR above 0 by user, in cents. */
export type Customers = ReadonlyMap<string, bigint>;

/** What one slice is worth: its customers at the end of every day. */
export interface Revenue {
  readonly slice: string;
  readonly sliceValue: string;
  /** Whether a day is one of the days of data. */
  readonly covers: (day: Day) => boolean;
  readonly customersOn: (day: Day) => Customers;
}

export const NOBODY: Customers = new Map();

/** The revenue of everything, of each plan and of each subscription type that occurs, from one day to another. */
export function revenues(events: readonly SubscriptionEvent[], first: Day, asOf: Day): readonly Revenue[] {
  const standing = standings(events, first, asOf);
  const occurring = events.filter((event) => !['cancel', 'cancel_request'].includes(event.type));
  const plans = [...new Set(occurring.map((event) => event.plan))].sort();
  const types = [...new Set(occurring.map((event) => event.subscriptionType))].sort();
  return [
    revenueOf('all', ALL, standing, () => true),
    ...plans.map((plan) => revenueOf('plan', plan, standing, (event) => event.plan === plan)),
    ...types.map((type) =>
      revenueOf('subscription_type', type, standing, (event) => event.subscriptionType === type),
    ),
  ];
}

/** The event that each running subscription stands on, at the end of every day: a replay of all events. */
type Standings = ReadonlyMap<Day, readonly SubscriptionEvent[]>;

function standings(events: readonly SubscriptionEvent[], first: Day, asOf: Day): Standings {
  const running = new Map<string, SubscriptionEvent>();
  const days = new Map<Day, readonly SubscriptionEvent[]>();
  for (let day = first; day <= asOf; day++) {
    for (const event of events.filter((each) => each.day === day)) apply(event, running);
    days.set(day, [...running.values()]);
  }
  return days;
}

function apply(event: SubscriptionEvent, running: Map<string, SubscriptionEvent>): void {
  switch (event.type) {
    case 'trial':
    case 'new':
    case 'change':
    case 'reactivate':
      running.set(event.subscription, event);
      break;
    case 'cancel':
      running.delete(event.subscription);
      break;
    case 'cancel_request':
      break;
    default:
      throw new Error(`unknown type of subscription event: ${event.type}`);
  }
}

function revenueOf(
  slice: string,
  sliceValue: string,
  standing: Standings,
  belongs: (event: SubscriptionEvent) => boolean,
): Revenue {
  const days = new Map([...standing].map(([day, events]) => [day, customersOf(events.filter(belongs))]));
  return { slice, sliceValue, covers: (day) => days.has(day), customersOn: (day) => days.get(day) ?? NOBODY };
}

function customersOf(events: readonly SubscriptionEvent[]): Customers {
  const customers = new Map<string, bigint>();
  for (const { user, cents } of events) {
    if (cents > 0n) customers.set(user, (customers.get(user) ?? 0n) + cents);
  }
  return customers;
}
