import { expect, test } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { BEHAVIOURS } from './behaviours.ts';

/** `vitest run test/support/redshift/behaviours.test.ts -u` writes the list anew. */
test('the list of behaviours tells all of them, and where each is known from', async () => {
  const rows = BEHAVIOURS.map((behaviour) => `| ${cellsOf(behaviour).join(' | ')} |`);
  const table = ['| behaviour | known from | where | remembered only |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
  await expect(`# Behaviours of the stand-in\n\n${table}\n`).toMatchFileSnapshot('./BEHAVIOURS.md');
});

test('no two behaviours have one name', () => {
  expect(new Set(BEHAVIOURS.map(({ name }) => name)).size).toBe(BEHAVIOURS.length);
});

function cellsOf({ name, source, remembered = '' }: Behaviour): readonly string[] {
  return [name, source.kind, source.where, remembered].map((text) => text.replaceAll('|', '\\|'));
}
