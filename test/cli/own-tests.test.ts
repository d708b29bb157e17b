import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { expectToFit, hasSchemas } from '../support/schema.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { type Files, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

const IS_EVEN = `{{#macro "test_is_even" remainder=0 as |model column_name remainder|}}
select {{column_name}}
from {{model}}
where {{column_name}} % 2 <> {{remainder}}
{{/macro}}
`;

const tested = (...entries: readonly string[]): Files => ({
  'tests/generic/is_even.sql': IS_EVEN,
  'models/shop.yml': `models:
  - name: sales
    columns:
      - name: order_id
        tests:
${entries.map((entry) => `          - ${entry}\n`).join('')}`,
});

test('A generic test of the project’s own is a macro, and behaves as a built-in one', async () => {
  const cwd = copyOfShop(
    tested('is_even', 'is_even: { arguments: { remainder: 1 }, config: { where: order_id < 2 } }'),
  );
  const run = await model('test', { cwd });
  expect(run.code).toBe(1);
  expect(run.stdout + run.stderr).toMatch(/pass +is_even_sales_order_id__1 /);
  expect(run.stderr).toContain('declared  models/shop.yml:6:13');
  expect(run.stderr).toMatch(/failing rows\n +order_id\n +-+\n +1\n/);
  expect(
    readFileSync(join(cwd, 'target/compiled/shop/models/shop.yml/is_even_sales_order_id__1.sql'), 'utf8'),
  ).toBe(
    `with __model__tested as (
  select *
  from analytics.sales
  where order_id < 2
)
select order_id
from __model__tested
where order_id % 2 <> 1
`,
  );
  const listed = await model('ls --select test_name:is_even', { cwd });
  expect(listed.stdout.trim().split('\n')).toHaveLength(2);
});

test.skipIf(!hasSchemas)('It stands in manifest.json as dbt has it', async () => {
  const cwd = copyOfShop(tested('is_even'));
  await model('compile', { cwd });
  const text = readFileSync(join(cwd, 'target/manifest.json'), 'utf8');
  expectToFit('dbt/manifest-v12.json', text);
  const { nodes, macros } = JSON.parse(text);
  expect(macros['macro.shop.test_is_even']).toMatchObject({
    name: 'test_is_even',
    original_file_path: 'tests/generic/is_even.sql',
    macro_sql: expect.stringContaining('from {{model}}'),
  });
  expect(Object.values(nodes)).toContainEqual(
    expect.objectContaining({
      name: 'is_even_sales_order_id',
      depends_on: { macros: ['macro.shop.test_is_even'], nodes: ['model.shop.sales'] },
      test_metadata: {
        name: 'is_even',
        namespace: null,
        kwargs: { column_name: 'order_id', model: "ref('sales')" },
      },
    }),
  );
});

test('An engine’s mistake in a test macro is shown in the macro, with the entry that calls it', async () => {
  const cwd = copyOfShop({
    ...tested('is_even'),
    'tests/generic/is_even.sql': IS_EVEN.replace('% 2', '% nothing'),
  });
  const { stderr, code } = await model('test', { cwd });
  expect(code).toBe(1);
  expect(toldDiagnostics(stderr)).toMatchObject([
    {
      code: 'SQL-001',
      place: 'tests/generic/is_even.sql:4:25',
      advice: expect.arrayContaining([expect.stringContaining('models/shop.yml:6:13')]),
    },
  ]);
});
