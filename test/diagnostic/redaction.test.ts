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

test('Of two hidden values that hold each other nothing is left, nor of one over several lines', () => {
  const { hide, redact } = createRedaction();
  hide('hunter2');
  hide('hunter2-and-more');
  hide('-----BEGIN KEY-----\nMIIEow\n-----END KEY-----');
  expect(redact('hunter2-and-more, hunter2')).toBe('***, ***');
  expect(redact('  MIIEow\n  -----END KEY-----')).toBe('  ***\n  ***');
});

test('Hidden values are taken out of URLs, and masked letter by letter where places must hold', () => {
  const { hide, redact, mask } = createRedaction();
  hide('a/b+c=');
  expect(redact('https://host/?X-Token=a%2Fb%2Bc%3D&y=1')).toBe('https://host/?X-Token=***&y=1');
  expect(mask('from a/b+c= to')).toBe('from ****** to');
});
