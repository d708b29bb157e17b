import { describe, expect, test } from 'vitest';
import { durationText, rowsText } from '../../src/report/number-text.ts';

describe('durationText', () => {
  test.each([
    [0, '0 ms'],
    [99.4, '99 ms'],
    [99.6, '0.10 s'],
    [420, '0.42 s'],
    [9_994, '9.99 s'],
    [9_996, '10.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 m 00 s'],
    [185_000, '3 m 05 s'],
    [3_599_600, '1 h 00 m'],
    [3_720_000, '1 h 02 m'],
    [-5, '0 ms'],
  ])('%d milliseconds are %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});

test('rowsText counts with commas, and one row is not rows', () => {
  expect([rowsText(0), rowsText(1), rowsText(1_250_000)]).toEqual(['0 rows', '1 row', '1,250,000 rows']);
});
