import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { land } from './landing-zone.ts';
import { recompute } from './oracle.ts';
import type { PublishedRows } from './published-columns.ts';
import type { TextRow } from './text-row.ts';

/*
 * The oracle itself on cases small enough to be worked out by hand.
 */

test('events are judged first, then one is kept of each id', () => {
  const x1 = { event_id: 'x1', event_ts: '2025-01-02 10:00:00' };
  const { daily } = answers('2025-01-02', {
    events: [
      { ...x1, loaded_at: '2025-01-02 11:00:00', platform: 'web', country: 'Japan' },
      { ...x1, loaded_at: '2025-01-02 12:00:00', platform: 'mob', country: 'USA' },
      event('x1', '2025-01-02 10:00:00', { loaded_at: '2025-01-02 13:00:00', event_name: 'heartbeat' }),
      event('x2', '2025-01-02 10:00:00', { user_id: null }),
      event('x3', '2025-01-02 10:00:00', { event_name: 'heartbeat' }),
      event('x4', '2025-01-03 00:00:00'),
      event('x5', '2025-01-02 10:00:00', { user_id: 'internal' }),
      event('x6', '2025-01-02 23:59:59', { user_id: 'B', platform: 'Web ', country: 'Japan' }),
      event('x7', '2025-01-02 10:00:00', { user_id: 'nobody' }),
    ].map((row) => ({ ...event('', ''), ...row })),
  });
  expect(picked(daily, ['slice_value', 'dau', 'events'])).toEqual([
    '(all) 2 2',
    'Japan 1 1',
    'United States 1 1',
    'mobile 1 1',
    'web 1 1',
  ]);
});

test('a user counts for as many days as the window has', () => {
  const { daily } = answers('2025-02-02', {
    events: [
      event('1', '2025-01-01 08:00:00'),
      event('2', '2025-01-05 08:00:00'),
      event('3', '2025-01-05 08:00:00', { user_id: 'B' }),
    ],
  });
  const on = (date: string) => {
    const row = daily.find((each) => each['activity_date'] === date && each['slice'] === 'all');
    return [row?.['wau_7'], row?.['mau_28'], row?.['is_warmup']].join(' ');
  };
  expect(on('2025-01-01')).toBe('1 1 true');
  expect(on('2025-01-05')).toBe('2 2 true');
  expect(on('2025-01-11')).toBe('2 2 true');
  expect(on('2025-01-12')).toBe('0 2 true');
  expect(on('2025-01-27')).toBe('0 2 true');
  expect(on('2025-01-28')).toBe('0 2 false');
  expect(on('2025-02-01')).toBe('0 2 false');
  expect(on('2025-02-02')).toBe('0 0 false');
});

test('users are new, stay, come back and leave', () => {
  const { monthly, retention } = answers('2025-04-30', { events: FOUR_USERS });
  const all = monthly.filter((row) => row['slice'] === 'all');
  const columns = ['active_users', 'new_users', 'retained_users', 'resurrected_users', 'churned_users'];
  expect(picked(all, [...columns, 'quick_ratio', 'retention_rate'])).toEqual([
    '3 3 0 0 0 NULL NULL',
    '1 0 1 0 2 0.000000 0.333333',
    '2 1 0 1 1 2.000000 0.000000',
    '0 0 0 0 2 0.000000 0.000000',
  ]);
  expect(picked(retention, ['cohort_month', 'month_number', 'retained_on', 'retained_on_or_after'])).toEqual([
    ...['2025-01-01 0 3 3', '2025-01-01 1 1 2', '2025-01-01 2 1 1', '2025-01-01 3 0 0'],
    ...['2025-02-01 0 0 0', '2025-02-01 1 0 0', '2025-02-01 2 0 0'],
    ...['2025-03-01 0 1 1', '2025-03-01 1 0 0'],
    ...['2025-04-01 0 0 0'],
  ]);
});

test('days turn where the timezone says', () => {
  const events = [event('1', '2024-03-30 22:30:00'), event('2', '2024-03-31 22:30:00', { user_id: 'B' })];
  const { daily } = answers('2024-04-01', { events, timezone: 'Europe/Berlin' });
  const all = daily.filter((row) => row['slice'] === 'all');
  expect(picked(all, ['activity_date', 'dau'])).toEqual(['2024-03-30 1', '2024-03-31 0', '2024-04-01 1']);
});

test('subscriptions become a bridge from month to month', () => {
  const { arr_bridge } = answers('2025-04-30', { subscriptions: BRIDGE });
  const amounts = ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'closing'];
  expect(picked(arr_bridge, [...amounts.map((each) => `arr_${each}`), 'customers_closing'])).toEqual([
    '0.00 756.00 0.00 0.00 0.00 0.00 756.00 4',
    '756.00 0.00 0.00 120.00 0.00 120.00 756.00 3',
    '756.00 0.00 0.00 0.00 120.00 0.00 636.00 3',
    '636.00 120.00 120.00 0.00 0.00 0.00 876.00 5',
  ]);
});

test('a loss belongs to the last cancellation of its day', () => {
  const { arr_cancelled_by_reason, arr } = answers('2025-03-31', {
    subscriptions: [
      subscription('a', 'A', '2025-01-01', 'new'),
      subscription('b', 'A', '2025-01-01', 'new'),
      subscription('a', 'A', '2025-02-03', 'cancel', { cancel_reason: 'price' }),
      subscription('b', 'A', '2025-02-03', 'cancel', { cancel_reason: 'service' }),
      subscription('c', 'B', '2025-01-01', 'new', { quantity: '2' }),
      subscription('c', 'B', '2025-03-01', 'change', { quantity: '1' }),
    ],
  });
  expect(picked(arr_cancelled_by_reason, ['month_start', 'cancel_reason', 'amount', 'customers'])).toEqual([
    ...['2025-01-01 (unknown) 0.00 0', '2025-01-01 price 0.00 0', '2025-01-01 service 0.00 0'],
    ...['2025-02-01 (unknown) 0.00 0', '2025-02-01 price 0.00 0', '2025-02-01 service 240.00 1'],
    ...['2025-03-01 (unknown) 120.00 1', '2025-03-01 price 0.00 0', '2025-03-01 service 0.00 0'],
  ]);
  const lost = arr.filter((row) => row['slice'] === 'all' && row['arr_cancelled'] !== '0.00');
  expect(picked(lost, ['as_of_day', 'arr_cancelled'])).toEqual(['2025-02-03 240.00', '2025-03-01 120.00']);
});

test('a year on, customers of then are compared with themselves', () => {
  const { arr_bridge } = answers('2025-01-15', {
    subscriptions: [
      subscription('a', 'A', '2024-01-10', 'new'),
      subscription('b', 'B', '2024-01-20', 'new', { quantity: '3' }),
      subscription('a', 'A', '2025-01-02', 'change', { quantity: '2' }),
      subscription('b', 'B', '2025-01-03', 'change', { quantity: '1' }),
      subscription('c', 'C', '2025-01-03', 'new'),
    ],
  });
  expect(picked(arr_bridge.slice(-2), ['nrr_12m', 'grr_12m', 'is_complete'])).toEqual([
    'NULL NULL true',
    '0.750000 0.500000 false',
  ]);
});

const FOUR_USERS = [
  ...[event('1', '2025-01-10 08:00:00'), event('2', '2025-02-10 08:00:00')],
  event('3', '2025-01-11 08:00:00', { user_id: 'B' }),
  ...['2025-01-12', '2025-03-12'].map((day) => event(day, `${day} 08:00:00`, { user_id: 'C' })),
  event('4', '2025-03-13 08:00:00', { user_id: 'D' }),
];

/** Amounts, reactivation, a second subscription, and what only days can see. */
const BRIDGE = [
  // Cancelled, and back after a month: churn, then reactivation.
  subscription('a', 'A', '2025-01-05', 'new'),
  subscription('a', 'A', '2025-02-05', 'cancel'),
  subscription('a', 'A', '2025-04-05', 'reactivate'),
  // Two subscriptions, of which one goes: expansion, then contraction.
  subscription('b', 'B', '2025-01-06', 'new', { subscription_type: 'yearly', subscription_price: '300.00' }),
  subscription('b2', 'B', '2025-02-06', 'new'),
  subscription('b2', 'B', '2025-03-06', 'cancel'),
  // Up and down within a month: no movement.
  subscription('c', 'C', '2025-01-07', 'new'),
  subscription('c', 'C', '2025-03-07', 'change', {
    subscription_type: 'yearly',
    subscription_price: '300.00',
  }),
  subscription('c', 'C', '2025-03-17', 'change'),
  // Here and gone within a month: new only when there at a month's end.
  subscription('d', 'D', '2025-02-08', 'new'),
  subscription('d', 'D', '2025-02-18', 'cancel'),
  subscription('d', 'D', '2025-04-08', 'reactivate'),
  // A trial is no customer.
  subscription('e', 'E', '2025-01-09', 'trial'),
  subscription('f', 'F', '2025-01-10', 'new', { quantity: '2', discount: '0.1000' }),
];

function answers(
  asOf: string,
  given: {
    readonly events?: readonly TextRow[];
    readonly subscriptions?: readonly TextRow[];
    readonly timezone?: string;
  },
): PublishedRows {
  const landing = mkdtempSync(join(tmpdir(), 'model-landing-'));
  onTestFinished(() => rmSync(landing, { recursive: true, force: true }));
  land(landing, {
    users: ['A', 'B', 'C', 'D', 'E', 'F', 'internal'].map((id) => ({
      user_id: id,
      is_internal: `${id === 'internal'}`,
    })),
    daily_dump: given.events ?? [event('1', '2025-01-01 00:00:00')],
    subscription_data: (given.subscriptions ?? [subscription('a', 'A', '2025-01-01', 'new')]).map(
      (row, index) => ({ ...row, event_seq: `${index}` }),
    ),
  });
  const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
  return recompute({ landing, seeds, asOf, timezone: given.timezone ?? 'UTC' });
}

function event(id: string, at: string, more: TextRow = {}): TextRow {
  return {
    event_id: id,
    event_ts: at,
    loaded_at: at,
    user_id: 'A',
    event_name: 'editor touched',
    platform: 'web',
    country: 'Japan',
    ...more,
  };
}

/** 10.00 a month. */
function subscription(id: string, user: string, day: string, type: string, more: TextRow = {}): TextRow {
  return {
    subscription_id: id,
    user_id: user,
    effective_at: day,
    recorded_at: `${day} 12:00:00`,
    type,
    subscription_type: 'monthly',
    plan: 'basic',
    subscription_price: '10.00',
    currency: 'USD',
    ...more,
  };
}

/** Some columns of each row on a line. */
function picked(rows: readonly TextRow[], columns: readonly string[]): readonly string[] {
  return rows.map((row) => columns.map((column) => row[column] ?? 'NULL').join(' '));
}
