import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { generate } from '../../src/seed/generate.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

type Row = Readonly<Record<string, string>>;

const REFERENCE = join(import.meta.dirname, '../..');
const AS_OF = '2025-12-31';

test('The event log has the dirt it is meant to have, at the rates it is meant to have', async () => {
  const landing = scratchFolder();
  const options = { preset: 'demo', users: 1500, days: 200, seed: 3 };
  await generate({ ...seedProject(REFERENCE, landing), options, threads: 1 });
  const events = rowsOf(landing, 'daily_dump');
  const users = new Map(rowsOf(landing, 'users').map((user) => [user['user_id'], user]));
  const share = (meets: (row: Row) => boolean) => events.filter(meets).length / events.length;
  const lag = (row: Row) => (time(row['loaded_at']) - time(row['event_ts'])) / 3_600_000;
  const known = ['project created', 'editor touched', 'project exported', 'project downloaded'];

  expect(events.length).toBeGreaterThan(40_000);
  expect(share((row) => row['user_id'] === '@NULL@')).toBeCloseTo(0.002, 3);
  expect(share((row) => row['user_id'] !== '@NULL@' && !users.has(row['user_id']))).toBeCloseTo(0.0005, 3);
  expect(share((row) => String(row['event_ts']) > `${AS_OF} 23:59:59`)).toBeCloseTo(0.0005, 3);
  expect(share((row) => !known.includes(row['event_name'] ?? ''))).toBeCloseTo(0.001, 3);
  expect(share((row) => row['platform'] !== 'web' && row['platform'] !== 'mobile')).toBeCloseTo(0.01, 2);
  expect(
    within(
      share((row) => lag(row) >= 0 && lag(row) < 5),
      0.955,
      0.98,
    ),
  ).toBe(true);
  expect(
    within(
      share((row) => lag(row) >= 24 && lag(row) <= 77),
      0.013,
      0.027,
    ),
  ).toBe(true);
  expect(
    within(
      share((row) => lag(row) >= 96 && lag(row) <= 245),
      0.006,
      0.014,
    ),
  ).toBe(true);
  const texts = new Set(events.map((row) => JSON.stringify(row)));
  expect(within(1 - texts.size / events.length, 0.012, 0.018)).toBe(true);
  const ids = new Set([...texts].map((text) => text.slice(0, 32)));
  expect(within((texts.size - ids.size) / events.length, 0.0015, 0.0045)).toBe(true);
  expect(
    share((row) => time(row['event_ts']) < time(users.get(row['user_id'])?.['signup_ts'])),
  ).toBeGreaterThan(0);
  expect([...users.values()].filter((user) => user['is_internal'] === 'true').length).toBeGreaterThan(4);
  expect(new Set([...users.values()].map((user) => user['email'])).size).toBe(users.size);
});

test('Subscriptions begin with a trial or new row, cancel only what is active, and some are backdated', async () => {
  const landing = scratchFolder();
  const options = { preset: 'demo', users: 3000, days: 300, seed: 5 };
  await generate({ ...seedProject(REFERENCE, landing), options, threads: 1 });
  const rows = rowsOf(landing, 'subscription_data');
  const histories = new Map<string, Row[]>();
  for (const row of rows)
    histories.set(row['subscription_id'] ?? '', [
      ...(histories.get(row['subscription_id'] ?? '') ?? []),
      row,
    ]);
  const order = (row: Row) =>
    `${row['effective_at']} ${row['recorded_at']} ${String(row['event_seq']).padStart(12, '0')}`;
  const firsts = [...histories.values()].map(
    (history) => history.sort((a, b) => (order(a) < order(b) ? -1 : 1))[0]?.['type'],
  );
  const strange = firsts.filter((type) => type !== 'trial' && type !== 'new').length;

  expect(histories.size).toBeGreaterThan(500);
  expect(strange / firsts.length).toBeLessThan(0.02);
  const backdated = rows.filter(
    (row) => time(row['recorded_at']) - time(row['effective_at']) > 2 * 86_400_000,
  );
  expect(within(backdated.length / rows.length, 0.015, 0.045)).toBe(true);
  expect(new Set(rows.map((row) => row['event_seq'])).size).toBe(rows.length);
  for (const type of ['trial', 'new', 'change', 'cancel_request', 'cancel', 'reactivate']) {
    expect(rows.some((row) => row['type'] === type)).toBe(true);
  }
});

test('The mapping sheet has ISO weeks right at the borders of years', async () => {
  const landing = scratchFolder();
  await generate({
    ...seedProject(REFERENCE, landing),
    options: { preset: 'tiny', asOf: '2025-01-02', days: 900 },
    threads: 1,
  });
  const days = new Map(rowsOf(landing, 'mapping_sheet').map((row) => [row['date'], row]));
  const week = (date: string) =>
    `${days.get(date)?.['iso_year']}-W${days.get(date)?.['iso_week']} ${days.get(date)?.['week_start']}`;
  expect(week('2023-01-01')).toBe('2022-W52 2022-12-26');
  expect(week('2024-12-29')).toBe('2024-W52 2024-12-23');
  expect(week('2024-12-30')).toBe('2025-W1 2024-12-30');
  expect(days.size).toBe(365 + 365 + 366 + 365);
});

function rowsOf(landing: string, table: string): Row[] {
  return readdirSync(join(landing, table), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .sort()
    .flatMap((name) => parse<Row>(gunzipSync(readFileSync(join(landing, table, name))), { columns: true }));
}

function time(text: string | undefined): number {
  return Date.parse(`${String(text).replace(' ', 'T')}${String(text).length > 10 ? 'Z' : ''}`);
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
