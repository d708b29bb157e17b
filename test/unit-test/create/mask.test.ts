import { expect, test } from 'vitest';
import { createRedaction } from '../../../src/diagnostic/redaction.ts';
import { maskedCells } from '../../../src/unit-test/create/mask.ts';

test('The same personal value has the same mask everywhere, of a form that fits its type', () => {
  const cell = maskedCells(new Set(['email', 'id', 'born', 'seen', 'key', 'vip', 'name']), createRedaction());
  expect(cell('email', 'ada@shop.example')).toBe('masked_1@example.com');
  expect(cell('EMAIL', 'bob@shop.example')).toBe('masked_2@example.com');
  expect(cell('name', 'ada@shop.example')).toBe('masked_1@example.com');
  expect(cell('name', 'Ada')).toBe('masked_3');
  expect(cell('id', 4711)).toBe('4');
  expect(cell('id', '4711')).toBe('4');
  expect(cell('born', '1815-12-10')).toBe('1970-01-06');
  expect(cell('seen', '2024-01-05 08:30:00')).toBe('1970-01-07 00:00:00');
  expect(cell('key', '7f3c2a10-0000-4000-8000-123456789abc')).toBe('00000000-0000-0000-0000-000000000007');
  expect([cell('vip', true), cell('vip', null)]).toEqual(['false', null]);
});

test('Other values stay, but for secrets of the process', () => {
  const redaction = createRedaction();
  redaction.hide('correct horse');
  const cell = maskedCells(new Set(['email']), redaction);
  expect([cell('n', 12n), cell('note', 'it is correct horse!'), cell('note', null)]).toEqual([
    '12',
    'it is ***!',
    null,
  ]);
});
