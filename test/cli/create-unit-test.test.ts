import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Model, modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { modelHere as program } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';

const FILES = {
  'seeds/people.csv': `person,email,joined_on,country
11,ada@shop.example,2024-01-05,uk
12,bob@shop.example,2024-02-01,fr
13,cyd@shop.example,2024-02-10,uk
`,
  'seeds/orders.csv': `order_id,email,amount,paid
1,ada@shop.example,10.50,true
2,ada@shop.example,4.50,true
3,bob@shop.example,7.25,false
4,cyd@shop.example,100.00,true
5,ada@shop.example,99.00,false
`,
  'models/spent.sql': `select
  people.person,
  lower(people.email) as contact,
  people.joined_on,
  people.country,
  sum(case when orders.paid then orders.amount else 0 end) as paid_amount,
  count(*) as n_orders
from {{ref "people"}} as people
join {{ref "orders"}} as orders
  on orders.email = people.email
group by people.person, people.email, people.joined_on, people.country
`,
  'models/shop.yml': `seeds:
  - name: people
    columns:
      - { name: person, data_type: integer, tags: [pii] }
      - { name: email, data_type: varchar, tags: [pii] }
      - { name: joined_on, data_type: date }
      - { name: country, data_type: varchar }
  - name: orders
    columns:
      - { name: order_id, data_type: integer }
      - { name: email, data_type: varchar }
      - { name: amount, data_type: "numeric(10,2)" }
      - { name: paid, data_type: boolean }
`,
};

interface Place {
  readonly project: (files?: Readonly<Record<string, string>>) => Model;
  readonly env: () => Readonly<Record<string, string>>;
}

function itWritesTests({ project, env }: Place): void {
  const create = (root: string, ...words: readonly string[]) =>
    program(['unit-test', 'create', ...words], { cwd: root, env: env() });

  test('A unit test is written from few rows, personal values masked, and passes at once', async () => {
    const kept =
      "# ours\nunit_tests: # all of them\n  - name: mine\n    model: spent\n    given:\n      - { input: ref('people'), rows: [] }\n      - { input: ref('orders'), rows: [] }\n    expect: { rows: [] }\n";
    const shop = project({ 'tests/spent.yml': kept });
    await shop.build();
    const { code, stdout, stderr } = await create(shop.root, '-s', 'spent', '--where', 'n_orders = 3');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Wrote the unit test "spent_makes_published_rows" to tests\/spent\.yml: 1 row from 4 rows of its inputs\./,
    );
    const text = readFileSync(join(shop.root, 'tests/spent.yml'), 'utf8');
    expect(text.startsWith(kept)).toBe(true);
    expect(text.slice(kept.length)).toBe(`
  - name: spent_makes_published_rows
    description: Written by "model unit-test create" from published rows; say here what it shows.
    model: spent
    given:
      - input: ref('people')
        rows:
          - { person: 1, email: masked_2@example.com, joined_on: 2024-01-05, country: uk }
      - input: ref('orders')
        rows:
          - { email: masked_2@example.com, amount: 10.5, paid: true }
          - { email: masked_2@example.com, amount: 4.5, paid: true }
          - { email: masked_2@example.com, amount: 99, paid: false }
    expect:
      rows:
        - { person: 1, contact: masked_2@example.com, joined_on: 2024-01-05, country: uk, paid_amount: 15, n_orders: 3 }
`);
    const tested = await program('test --unit -s spent', { cwd: shop.root, env: env() });
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringContaining('2 passed')]);

    const again = await create(shop.root, '-s', 'spent', '--where', "country = 'fr'", '--dry-run');
    expect(again.stdout).toContain('- name: spent_makes_published_rows_2\n');
    expect(again.stdout).not.toMatch(/bob@|: 1[123]\b/);
    expect(readFileSync(join(shop.root, 'tests/spent.yml'), 'utf8')).toBe(text);
    const wrong = await create(shop.root, '-s', 'spent', '--where', 'n_orders =');
    expect(toldDiagnostics(wrong.stderr)).toMatchObject([{ code: 'TST-119' }]);
  });
}

describe('On DuckDB', () => {
  const project = (files = {}) => modelProject({ ...FILES, ...files });
  itWritesTests({ project, env: () => ({}) });

  test('What cannot be written is refused with a reason', async () => {
    const shop = project();
    const refused = async (...words: readonly string[]) => {
      const { code, stderr, stdout } = await program(['unit-test', 'create', ...words], { cwd: shop.root });
      expect([code, stdout]).toEqual([2, '']);
      return toldDiagnostics(stderr).map((told) => told.code);
    };
    expect(await refused('-s', 'spent', '--where', 'n_orders = 3')).toEqual([
      'SEL-102',
      'SEL-102',
      'SEL-102',
    ]);
    await shop.build();
    expect(await refused('-s', 'spend', '--where', 'true')).toEqual(['TST-125']);
    expect(await refused('-s', 'spent', '--where', 'n_orders =')).toEqual(['TST-119']);
    expect(await refused('-s', 'spent', '--where', 'nothing = 1')).toEqual(['TST-119']);
    expect(await refused('-s', 'spent', '--where', '1 = 1); drop table x; select (1')).toEqual(['TST-119']);
    expect(await refused('-s', 'spent', '--where', 'n_orders = 17')).toEqual(['TST-120']);
    shop.write({ 'models/spent.sql': FILES['models/spent.sql'].replace('count(*)', '-count(*)') });
    expect(await refused('-s', 'spent', '--where', 'n_orders = 3')).toEqual(['TST-121']);
    shop.write({ 'models/spent.sql': FILES['models/spent.sql'], 'tests/spent.yml': 'unit_tests: []\n' });
    expect(await refused('-s', 'spent', '--where', 'n_orders = 3')).toEqual(['TST-123']);
  });
});

describePostgres('On PostgreSQL', (database) => {
  beforeEach(() => clearDatabase(database));
  itWritesTests({
    project: (files) => modelProject({ ...FILES, ...files }, onDatabase(database)),
    env: () => onDatabase(database).env,
  });
});
