import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf, isoDate } from './calendar.ts';
import { compare, differencesText } from './compare.ts';
import { Dice } from './dice.ts';
import { readLanded } from './landed-table.ts';
import { type LandedRows, type LandedTable, land, SHAPES } from './landing-zone.ts';
import { mappingSheet } from './mapping-sheet.ts';
import { PUBLISHED, type PublishedRows } from './published-columns.ts';
import { ReferenceProject } from './reference-project.ts';
import { cell, required, type TextRow } from './text-row.ts';

const AS_OF = '2024-05-19';
const OPTIONS = { asOf: AS_OF, timezone: 'UTC' };
const YEAR_OF_WEEKS = 364;

describe('the same data, landed in another way, give the same numbers', { timeout: 300_000 }, () => {
  const project = new ReferenceProject();
  let landed: LandedRows;
  let published: PublishedRows;

  beforeAll(async () => {
    await project.build({ ...OPTIONS, generate: { seed: 21, days: 70, users: 110, asOf: AS_OF } });
    landed = landedRows(project.landing);
    published = await project.published();
  }, 300_000);
  afterAll(() => project.remove());

  test('rows shuffled, and files cut into many', async () => {
    const dice = new Dice(1);
    land(project.landing, landed, (rows) => dealt(dice.shuffled(rows), 1 + dice.below(7)));
    await project.build(OPTIONS);
    expect(differencesText(published, await project.published())).toBe('');
  });

  test('a file delivered again on a later day', async () => {
    const [, again] = fullestUncontested(landed.daily_dump);
    const later = dayOf(AS_OF) + 2;
    const redelivered = again.map((row) => ({ ...row, loaded_at: onDay(required(row, 'loaded_at'), later) }));
    land(project.landing, { ...landed, daily_dump: [...landed.daily_dump, ...redelivered] });
    await project.build(OPTIONS);
    expect(again.length).toBeGreaterThan(10);
    expect(differencesText(published, await project.published())).toBe('');
  });

  test('all dates 364 days later', async () => {
    const shifted = new ReferenceProject();
    try {
      const asOf = isoDate(dayOf(AS_OF) + YEAR_OF_WEEKS);
      land(shifted.landing, shiftedRows(landed));
      await shifted.build({ asOf, timezone: 'UTC' });
      const found = await shifted.published();
      for (const relation of ['daily', 'weekly', 'arr'] as const) {
        const expected = published[relation].map((row) => shiftedRow(row, PUBLISHED[relation].columns));
        expect(compare(PUBLISHED[relation], expected, found[relation])).toEqual([]);
      }
      expect(differencesText(shifted.foretold({ asOf, timezone: 'UTC' }), found)).toBe('');
    } finally {
      shifted.remove();
    }
  });
});

function landedRows(landing: string): LandedRows {
  const tables = Object.keys(SHAPES) as readonly LandedTable[];
  return Object.fromEntries(tables.map((table) => [table, readLanded(landing, table)])) as LandedRows;
}

/** Rows dealt like cards, so that neighbours part. */
function dealt(rows: readonly TextRow[], hands: number): readonly (readonly TextRow[])[] {
  return Array.from({ length: hands }, (_, hand) => rows.filter((_, index) => index % hands === hand));
}

/**
 * The largest of the load days whose events no other day has as well: where two days contend for an event, delivering
 * the earlier one again rightly changes what is known of it.
 */
function fullestUncontested(events: readonly TextRow[]): readonly [string, readonly TextRow[]] {
  const days = new Map<string, TextRow[]>();
  const daysOfEvent = new Map<string, Set<string>>();
  for (const row of events) {
    const day = required(row, 'loaded_at').slice(0, 10);
    const id = required(row, 'event_id');
    days.set(day, [...(days.get(day) ?? []), row]);
    daysOfEvent.set(id, (daysOfEvent.get(id) ?? new Set()).add(day));
  }
  const uncontested = [...days].filter(([, rows]) =>
    rows.every((row) => daysOfEvent.get(required(row, 'event_id'))?.size === 1),
  );
  const [fullest] = uncontested.sort(([, a], [, b]) => b.length - a.length);
  if (fullest === undefined) throw new Error('every day contends with another');
  return fullest;
}

function onDay(timestamp: string, day: number): string {
  return `${isoDate(day)}${timestamp.slice(10)}`;
}

function shiftedRows(landed: LandedRows): LandedRows {
  const shift = (table: LandedTable) => landed[table].map((row) => shiftedRow(row, SHAPES[table].columns));
  const dates = landed.mapping_sheet.map((row) => dayOf(required(row, 'date')) + YEAR_OF_WEEKS);
  return {
    users: shift('users'),
    daily_dump: shift('daily_dump'),
    subscription_data: shift('subscription_data'),
    mapping_sheet: mappingSheet(Math.min(...dates), Math.max(...dates)),
  };
}

function shiftedRow(row: TextRow, columns: Readonly<Record<string, string>>): TextRow {
  const cells = Object.entries(columns).map(([column, type]) => {
    const value = cell(row, column);
    const hasDate = type === 'date' || type === 'timestamp';
    return [column, value !== null && hasDate ? shiftedText(value) : value];
  });
  return Object.fromEntries(cells);
}

function shiftedText(text: string): string {
  return `${isoDate(dayOf(text.slice(0, 10)) + YEAR_OF_WEEKS)}${text.slice(10)}`;
}
