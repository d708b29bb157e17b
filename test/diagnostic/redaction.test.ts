import { expect, test } from 'vitest';
import { createRedaction } from '../../src/diagnostic/redaction.ts';

test('Hidden values are taken out of texts, also where they are written as JSON', () => {
  const { hide, redact } = createRedaction();
  expect(redact('pa"ss')).toBe('pa"ss');
  hide('pa"ss');
  expect(redact(`pa"ss and ${JSON.stringify({ password: 'pa"ss' })}`)).toBe('*** and {"password":"***"}');
});

test('Values of three letters or fewer stand in too many texts to be hidden', () => {
  const { hide, redact } = createRedaction();
  hide('');
  hide('dev');
  expect(redact('a dev in development')).toBe('a dev in development');
});
