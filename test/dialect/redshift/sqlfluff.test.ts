import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeSqlfluff, expectTaken } from './sqlfluff.ts';

const golden = fileURLToPath(new URL('golden', import.meta.url));

/** What sqlfluff 1.4.5 is too old for, and why it is right all the same. */
const WAIVED: Readonly<Record<string, string>> = {
  'create-materialized-view.sql': 'its grammar knows materialized views without keys only',
  'deduplicate.sql': 'QUALIFY came to Redshift in 2023',
  'deduplicate-a-query.sql': 'QUALIFY came to Redshift in 2023',
};

describeSqlfluff('Redshift’s grammar, as sqlfluff has it', () => {
  test('takes every golden file, but for what it is too old for', { timeout: 120_000 }, async () => {
    await expectTaken(golden, Object.keys(WAIVED));
  });

  test('reads as many files as there are', () => {
    expect(readdirSync(golden, { recursive: true }).length).toBeGreaterThan(40);
  });
});
