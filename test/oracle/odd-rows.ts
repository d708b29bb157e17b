import { type Day, isoDate } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { LandedRows } from './landing-zone.ts';
import { mappingSheet } from './mapping-sheet.ts';
import { cell, type TextRow } from './text-row.ts';

/** Two more are mentioned than land. */
const USERS = 26;
const EVENTS = 1_200;
/** Fewer ids than events, so that many events contend for one. */
const EVENT_IDS = 800;
const SUBSCRIPTIONS = 90;

/** How long before the as-of date activity and subscriptions begin. */
const ACTIVITY_DAYS = 130;
const REVENUE_DAYS = 600;

/** Landed rows in which every odd case of the reference is frequent: few users, much that collides. */
export function oddRows(dice: Dice, asOf: Day): LandedRows {
  return {
    users: Array.from({ length: USERS }, (_, index) => userRow(index)),
    daily_dump: eventRows(dice, asOf),
    subscription_data: Array.from({ length: SUBSCRIPTIONS }, (_, index) => index).flatMap((index) =>
      subscriptionRows(dice, index, asOf),
    ),
    mapping_sheet: mappingSheet(asOf - REVENUE_DAYS - 40, asOf + 40),
  };
}

/** Every ninth user is internal. */
function userRow(index: number): TextRow {
  return {
    user_id: `u${index}`,
    signup_ts: '2020-01-01 00:00:00',
    country: 'Spain',
    platform: 'web',
    acquisition_channel: null,
    timezone: 'UTC',
    is_internal: `${index % 9 === 8}`,
    full_name: 'A "quoted", name',
    email: '',
    company: null,
  };
}

const MOMENTS = [
  '00:00:00',
  '23:59:59',
  '23:59:59.999999',
  '04:00:00',
  '03:59:59.5',
  '05:00:00',
  '22:00:00',
  '21:59:59',
  '12:30:00',
] as const;

/** Half of the events come again, as copies that differ in one cell. */
function eventRows(dice: Dice, asOf: Day): readonly TextRow[] {
  return Array.from({ length: EVENTS / 2 }, () => eventRow(dice, asOf)).flatMap((row) => {
    const other = eventRow(dice, asOf);
    const column = dice.pick(['event_ts', 'user_id', 'event_name', 'platform', 'country']);
    return dice.below(2) === 0 ? [row, other] : [row, { ...row, [column]: cell(other, column) }];
  });
}

/** Users come in bursts, so that they are new, stay, leave and come back. */
function eventRow(dice: Dice, asOf: Day): TextRow {
  const user = dice.below(USERS + 2);
  const burst = (user * 37 + dice.pick([0, 0, 45, 80]) + dice.below(12)) % ACTIVITY_DAYS;
  const day = asOf - burst + dice.pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
  const loadDay = day + dice.pick([0, 0, 0, 1, 9]);
  return {
    event_id: `e${dice.below(EVENT_IDS)}`,
    event_ts: `${isoDate(day)} ${dice.pick(MOMENTS)}`,
    loaded_at: `${isoDate(loadDay)} ${dice.pick(['00:00:00', '12:00:00', '12:00:00', '23:59:59.999999'])}`,
    user_id: dice.below(40) === 0 ? null : `u${user}`,
    event_name: dice.pick([
      ...['project created', 'editor touched', 'project exported', 'project downloaded'],
      ...['project created', 'editor touched', 'project exported', 'project downloaded'],
      ...['Project created', ' editor touched', 'heartbeat', '', null],
    ] as [string, ...(string | null)[]]),
    platform: dice.pick(['web', ' Web ', 'MOBILE', 'iOS', 'browser', 'fridge', '', null]),
    country: dice.pick(['Spain', 'españa', 'ESPAÑA', ' usa ', 'Japan', 'Atlantis', null, null]),
    new_vs_returning: dice.pick(['new', 'returning', 'Ärger', null]),
  };
}

/** Few customers with many subscriptions, on few days: the as-of date, and every fifteenth before it. */
function subscriptionRows(dice: Dice, index: number, asOf: Day): readonly TextRow[] {
  const first = asOf - 15 * dice.below(REVENUE_DAYS / 15);
  const terms = {
    subscription_id: `s${index}`,
    user_id: `u${dice.below(14) * 2}`,
    currency: dice.pick(['USD', 'USD', 'EUR', 'GBP']),
    subscription_tenure: '0',
  };
  const begins = { ...terms, type: dice.pick(['trial', 'new', 'new', 'new']) };
  const rows = [subscriptionRow(dice, index * 100, first, begins)];
  const events = 1 + dice.below(9);
  for (let event = 1, day = first; event < events; event++) {
    day += dice.pick([0, 0, 1, 15, 15, 30, 75, 180]);
    const type = dice.pick([
      'change',
      'change',
      'cancel_request',
      'cancel',
      'cancel',
      'reactivate',
      'new',
      'trial',
    ]);
    rows.push(subscriptionRow(dice, index * 100 + event, day, { ...terms, type }));
  }
  return rows;
}

/** Rows are recorded on the day, later, or on the same moment as others; sequence numbers say no more than the last tie. */
function subscriptionRow(
  dice: Dice,
  sequence: number,
  day: Day,
  terms: { readonly type: string } & TextRow,
): TextRow {
  const ends = terms.type === 'cancel' || terms.type === 'cancel_request';
  return {
    ...terms,
    event_seq: `${sequence}`,
    effective_at: isoDate(day),
    recorded_at: `${isoDate(day + dice.pick([0, 0, 0, 20]))} ${dice.pick(['12:00:00', '08:30:00.25', '07:00:00'])}`,
    subscription_type: dice.pick(['monthly', 'yearly']),
    plan: ends ? dice.pick(['basic', 'discontinued']) : dice.pick(['basic', 'pro', 'team']),
    quantity: dice.pick([null, '1', '2', '7']),
    subscription_price: dice.pick(['9.99', '0.00', '49.95', '333.33', '0.01']),
    discount: dice.pick([null, '0.0000', '0.1000', '0.3333', '1.0000']),
    cancel_reason: ends ? dice.pick(['price', 'service', 'not using', '', null]) : null,
  };
}
