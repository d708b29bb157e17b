import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshnessStatus } from '../../src/freshness/freshness-status.ts';
import { asOfInstant, parseInstant } from '../../src/freshness/instant.ts';

const at = (text: string) => new Date(text);

describe('An instant', () => {
  it.each([
    ['2025-12-31', '2025-12-31T00:00:00Z'],
    ['2025-12-31 06:07', '2025-12-31T06:07:00Z'],
    ['2025-12-31 06:07:08', '2025-12-31T06:07:08Z'],
    ['2025-12-31T06:07:08.123456', '2025-12-31T06:07:08.123Z'],
    ['2025-12-31 06:07:08+00', '2025-12-31T06:07:08Z'],
    ['2025-12-31 06:07:08.5+05:30', '2025-12-31T00:37:08.5Z'],
    ['2025-12-31T06:07:08Z', '2025-12-31T06:07:08Z'],
  ])('is read from %s', (text, expected) => {
    expect(parseInstant(text)).toEqual(at(expected));
  });

  it.each([
    '',
    'infinity',
    '31.12.2025',
    '2025-13-01',
    '20251231',
    '1767139200',
    '2025-12-31 25:00',
  ])('is not %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is what it was written from', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('1970-01-01'), max: at('2200-01-01'), noInvalidDate: true }),
        (instant) => {
          expect(parseInstant(instant.toISOString().replace('T', ' ').replace('Z', ''))).toEqual(instant);
        },
      ),
    );
  });
});

describe('as_of_date', () => {
  it('means the end of a day, the very instant, or nothing', () => {
    expect(asOfInstant('2025-12-31')).toEqual(at('2026-01-01T00:00:00Z'));
    expect(asOfInstant('2025-12-31 06:00')).toEqual(at('2025-12-31T06:00:00Z'));
    expect(asOfInstant(undefined)).toBeUndefined();
    expect(asOfInstant(null)).toBeUndefined();
  });

  it('that is no date is a mistake', () => {
    expect(() => asOfInstant('today')).toThrow('FRS-005 The var "as_of_date" is no date: "today".');
  });
});

describe('A source', () => {
  const period = fc.record({
    count: fc.integer({ min: 1, max: 100 }),
    period: fc.constantFrom('minute' as const, 'hour' as const, 'day' as const),
  });
  const seconds = { minute: 60, hour: 3600, day: 86_400 };
  const limitOf = (threshold: { count: number; period: 'minute' | 'hour' | 'day' }) =>
    threshold.count * seconds[threshold.period];

  it('is as old as a threshold allows, and a second more is too old', () => {
    fc.assert(
      fc.property(period, (after) => {
        const both = { warnAfter: after, errorAfter: undefined };
        expect(freshnessStatus(both, limitOf(after))).toBe('pass');
        expect(freshnessStatus(both, limitOf(after) + 1)).toBe('warn');
        expect(freshnessStatus({ warnAfter: after, errorAfter: after }, limitOf(after) + 1)).toBe('error');
      }),
    );
  });

  it('without rows is older than anything, and one from the future is not', () => {
    const after = { count: 1, period: 'day' as const };
    expect(freshnessStatus({ warnAfter: after, errorAfter: undefined }, undefined)).toBe('warn');
    expect(freshnessStatus({ warnAfter: undefined, errorAfter: after }, undefined)).toBe('error');
    expect(freshnessStatus({ warnAfter: after, errorAfter: after }, -5)).toBe('pass');
  });
});
