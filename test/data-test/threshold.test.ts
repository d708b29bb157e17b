import { describe, expect, test } from 'vitest';
import { exceeds, parseThreshold } from '../../src/data-test/threshold.ts';
import { verdict } from '../../src/data-test/verdict.ts';
import { testConfigSchema } from '../../src/manifest/config-schema.ts';

describe('a threshold', () => {
  test.each([
    ['!= 0', [1], [0]],
    ['<> 0', [1], [0]],
    ['>10', [11], [10, 0]],
    [' >= 10 ', [10], [9]],
    ['< 5', [4, 0], [5]],
    ['<= 5', [5], [6]],
    ['= 3', [3], [2]],
    ['== 3', [3], [4]],
    ['between 1 and 3', [1, 3], [0, 4]],
    ['NOT BETWEEN 1 AND 3', [0, 4], [1, 2, 3]],
  ])('%s', (text, exceeding, within) => {
    const threshold = parseThreshold(text);
    if (threshold === undefined) throw new Error('not parsed');
    for (const count of exceeding) expect(exceeds(threshold, count)).toBe(true);
    for (const count of within) expect(exceeds(threshold, count)).toBe(false);
  });

  test.each([
    '',
    '10',
    '> ',
    '> ten',
    '> -1',
    '> 1; drop table x',
    'between 1 and',
    '>> 1',
    '> 1.5',
  ])('%j is none', (text) => {
    expect(parseThreshold(text)).toBeUndefined();
  });
});

describe('a verdict', () => {
  const usual = { severity: 'error', errorIf: '!= 0', warnIf: '!= 0' } as const;

  test.each([
    [usual, 0, 'pass'],
    [usual, 1, 'fail'],
    [{ ...usual, severity: 'warn' as const }, 1, 'warn'],
    [{ ...usual, severity: 'warn' as const, errorIf: '> 0', warnIf: '> 5' }, 3, 'pass'],
    [{ ...usual, errorIf: '> 10', warnIf: '> 0' }, 5, 'warn'],
    [{ ...usual, errorIf: '> 10', warnIf: '> 0' }, 11, 'fail'],
    [{ ...usual, errorIf: '> 10', warnIf: '> 20' }, 11, 'fail'],
  ])('of %j on %d failures is %s', (config, failures, expected) => {
    expect(verdict(config, failures)).toBe(expected);
  });
});

test.each([
  '> 10',
  '!=0',
  'between 1 and 9',
  'NOT BETWEEN 1 AND 9',
  '>',
  'between 1',
  '1 < 2',
  '> 1.5',
])('a config takes %s for a threshold if a test can read it', (text) => {
  const accepted = testConfigSchema.safeParse({ error_if: text }).success;
  expect(accepted).toBe(parseThreshold(text) !== undefined);
});
