import { describe, expect, test } from 'vitest';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { parse } from '../support/scratch-project.ts';

const FILES = {
  'models/a.sql': '{{config schema="x"}}\nselect 1 as n\n',
  'models/b.sql': '{{config schema="x"}}\nselect 1 as n\n',
};

describe('an environment', () => {
  test.each([
    'pr_42',
    'prx',
    'x',
    'default',
  ])('%s shares no schema with a custom one', async (environment) => {
    expect((await parse(FILES, { environment })).diagnostics).toEqual([]);
  });

  test('is refused where another one would publish a custom schema under its name', async () => {
    const { diagnostics } = await parse(FILES, { environment: 'pr_42_x' });
    expect(
      diagnostics.map(({ code, message, span }) => `${code} ${span && formatPlace(span)} ${message}`),
    ).toEqual([
      'CFG-022 models/a.sql:1:1 The environment "pr_42_x" would be published where "pr_42" publishes the custom schema "x".',
    ]);
  });
});
