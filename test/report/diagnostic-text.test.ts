import { describe, expect, test } from 'vitest';
import { spanAt } from '../../src/diagnostic/span.ts';
import { noColors } from '../../src/report/colors.ts';
import { diagnosticText } from '../../src/report/diagnostic-text.ts';

const DAILY = { path: 'models/daily.sql', text: 'select *\nfrom {{ref "orderz"}}\nwhere true\n' };

describe('diagnosticText', () => {
  test('shows code, place, message, frame, related places and hint', () => {
    const text = diagnosticText(
      {
        code: 'REF-001',
        severity: 'error',
        message: 'Model "orderz" does not exist.',
        span: spanAt(DAILY, 21, 27),
        related: [{ message: 'called by macro "cents"', span: spanAt(DAILY, 0) }],
        hint: 'Did you mean "orders"?',
      },
      noColors,
    );
    expect(text).toBe(`\
error REF-001  models/daily.sql:2:13  Model "orderz" does not exist.
    1 | select *
  > 2 | from {{ref "orderz"}}
      |             ^^^^^^
    3 | where true
  models/daily.sql:1:1  called by macro "cents"
  Did you mean "orders"?`);
  });

  test('a message of several lines is indented, and one without a place stands alone', () => {
    const text = diagnosticText({ code: 'WHS-001', severity: 'warning', message: 'No.\nReally.' }, noColors);
    expect(text).toBe('warning WHS-001  No.\n  Really.');
  });

  test('control characters of a message, a frame or a path never reach the terminal', () => {
    const source = { path: 'models/\u001b[2Ja.sql', text: 'select \u001b]0;title\u0007 1 \u202e\n' };
    const text = diagnosticText(
      {
        code: 'SQL-001',
        severity: 'error',
        message: '\u001b[31mred\r',
        span: spanAt(source, 7),
        hint: '\u0000',
      },
      noColors,
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  });
});
