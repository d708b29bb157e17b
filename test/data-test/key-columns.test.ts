import { expect, test } from 'vitest';
import { leadingColumns, withColumnsFirst } from '../../src/data-test/key-columns.ts';
import type { DataTestNode } from '../../src/manifest/node.ts';
import { parse } from '../support/scratch-project.ts';

async function leadingOf(yml: string): Promise<readonly string[]> {
  const { manifest, diagnostics } = await parse({
    'models/a.sql': 'select 1 as id',
    'models/b.sql': 'select 1 as id',
    'models/m.yml': `models:\n  - name: b\n    columns: [{ name: other, tests: [unique] }]\n  - name: a\n${yml}`,
  });
  expect(diagnostics).toEqual([]);
  const shown = [...manifest.nodes.values()].find(
    (node): node is DataTestNode => node.resourceType === 'test' && node.name === 'shown',
  );
  if (shown === undefined) throw new Error('no test "shown"');
  return leadingColumns(manifest, shown);
}

const SHOWN = '      - { name: amount, tests: [{ not_null: { name: shown } }] }\n';

test('failing rows begin with the column that is unique, then the tested one', async () => {
  expect(await leadingOf(`    columns:\n${SHOWN}      - { name: id, tests: [unique] }\n`)).toEqual([
    'id',
    'amount',
  ]);
});

test('failing rows begin with a combination that is unique; the shortest key counts', async () => {
  const combined = (...columns: readonly string[]) =>
    `      - unique_combination_of_columns: { combination_of_columns: [${columns.join(', ')}] }\n`;
  expect(
    await leadingOf(`    columns:\n${SHOWN}    tests:\n${combined('a', 'b', 'c')}${combined('d', 'b')}`),
  ).toEqual(['d', 'b', 'amount']);
});

test('what is unique under a condition only is no key, nor is another relation’s', async () => {
  const partly = '      - { name: id, tests: [{ unique: { where: id > 1 } }] }\n';
  expect(await leadingOf(`    columns:\n${SHOWN}${partly}`)).toEqual(['amount']);
});

test('columns that rows do not have are passed over, the others keep their order', () => {
  const columns = ['a', 'ID', 'c', 'amount'].map((name) => ({ name, type: 'INTEGER' }));
  const rows = [{ a: 1, ID: 2, c: 3, amount: 4 }];
  const shown = withColumnsFirst({ columns, rows }, ['id', 'nothing', 'AMOUNT']);
  expect(shown.columns.map(({ name }) => name)).toEqual(['ID', 'amount', 'a', 'c']);
  expect(shown.rows).toEqual(rows);
});
