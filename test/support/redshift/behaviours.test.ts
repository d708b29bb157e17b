import { expect, test } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { SESSION_BEHAVIOURS } from './session-behaviours.ts';

const ALL = [...SESSION_BEHAVIOURS, ...BEHAVIOURS];

/** `vitest run test/support/redshift/behaviours.test.ts -u` writes the list anew. */
test('the list of behaviours tells all of them, and where each is known from', async () => {
  const rows = ALL.map((behaviour) => `| ${cellsOf(behaviour).join(' | ')} |`);
  const table = ['| behaviour | known from | where | remembered only |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
  await expect(`# Behaviours of the stand-in\n\n${table}\n`).toMatchFileSnapshot('./BEHAVIOURS.md');
});

test('no two behaviours have one name', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
});

function cellsOf({ name, source, remembered = [] }: Omit<Behaviour, 'apply'>): readonly string[] {
  return [name, source.kind, source.where, remembered.join('; ')].map((text) => text.replaceAll('|', '\\|'));
}
