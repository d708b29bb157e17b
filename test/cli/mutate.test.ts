import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { scratchProject } from '../support/scratch-project.ts';

const UNIT_TEST = (config: string) => `unit_tests:
  - name: small_orders_are_left_out
    model: orders
    ${config}
    given: [{ input: ref('numbers'), rows: [{ id: 1, amount: 6 }, { id: 2, amount: 5 }] }]
    expect: { rows: [{ id: 1 }] }
`;

const PROJECT = {
  'seeds/numbers.csv': 'id,amount\n1,5\n2,7\n',
  'models/orders.sql': `with cancelled as (select id from {{ref "numbers"}} where id > 100),
kept as (select id, amount from {{ref "numbers"}} where amount >= 6)
select kept.id, cancelled.id as cancelled_id from kept left join cancelled on cancelled.id = kept.id
`,
};

/** `filter models/orders.sql:1:55` of the mutants with a fate. */
async function mutants(unitTest: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const cwd = scratchProject({ ...PROJECT, 'models/units.yml': unitTest });
  await model('build', { cwd });
  const { stdout, stderr, code } = await model('test --mutate -s orders --log-format json', { cwd });
  expect(code, stderr).toBe(0);
  const fates: Record<string, string[]> = {};
  for (const line of stdout.trim().split('\n')) {
    const { fate, change } = JSON.parse(line);
    fates[fate] = [...(fates[fate] ?? []), change];
  }
  return fates;
}

test('A unit test of one common table kills mutants of that table, and none of those that stand before it', async () => {
  expect(await mutants(UNIT_TEST('cte: kept'))).toEqual({
    killed: ['amount >= 6 → true', '>= → >', '6 → 7'],
    survived: ['id > 100 → true', '> → >=', '100 → 101', 'left join → inner join'],
  });
});

test('A unit test of the whole model runs all of its mutants', async () => {
  expect(await mutants(UNIT_TEST('overrides: { now: 2025-01-01 }'))).toEqual({
    killed: ['amount >= 6 → true', '>= → >', '6 → 7', 'left join → inner join'],
    survived: ['id > 100 → true', '> → >=', '100 → 101'],
  });
});

test('A selection without a model says that there is nothing to mutate', async () => {
  const cwd = scratchProject(PROJECT);
  await model('build', { cwd });
  const { code, stdout } = await model('test --mutate -s numbers', { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Nothing to mutate: no model is selected.\n' });
});
