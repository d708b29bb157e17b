import { expect, test } from 'vitest';
import { oneLine, PROJECT_YML, parse } from '../support/scratch-project.ts';

async function testOf(entry: string) {
  const yml = `models:\n  - name: a\n    columns:\n      - { name: id, tests: [${entry}] }\n`;
  const { manifest, diagnostics } = await parse({
    'project.yml': PROJECT_YML,
    'models/a.sql': 'select 1 as id',
    'models/m.yml': yml,
  });
  const node = [...(manifest?.nodes.values() ?? [])].find(({ resourceType }) => resourceType === 'test');
  return { node, diagnostics: diagnostics.map(oneLine) };
}

test.each([
  [
    'dbt_expectations.expect_column_values_to_be_between: { min_value: 1, strictly: true }',
    { testName: 'accepted_range', arguments: { min_value: 1, inclusive: false } },
  ],
  [
    'dbt_expectations.expect_column_values_to_be_in_set: { arguments: { value_set: [1], quote_values: false } }',
    { testName: 'accepted_values', arguments: { values: [1], quote: false } },
  ],
  ['dbt_utils.not_constant', { testName: 'not_constant', arguments: {} }],
  [
    'match_regex_pattern_list: { patterns: [a, b] }',
    { testName: 'match_regex', arguments: { regex: ['a', 'b'] } },
  ],
  [
    "forall: { criteria: ['> 0', '< 9'] }",
    { testName: 'expression_is_true', arguments: { expression: ['> 0', '< 9'] } },
  ],
])('%s is understood', async (entry, expected) => {
  const { node, diagnostics } = await testOf(entry);
  expect(diagnostics).toEqual([]);
  expect(node).toMatchObject({ test: { ...expected, columnName: 'id' } });
});

test('number_of_rows of SQLMesh is a bound that is exceeded', async () => {
  const { manifest } = await parse({
    'project.yml': PROJECT_YML,
    'models/a.sql': 'select 1 as id',
    'models/m.yml': 'models: [{ name: a, tests: [number_of_rows: { threshold: 10 }] }]\n',
  });
  const node = [...manifest.nodes.values()].find(({ resourceType }) => resourceType === 'test');
  expect(node).toMatchObject({ test: { testName: 'row_count_between', arguments: { more_than: 10 } } });
});

test('row_condition of dbt_expectations is where', async () => {
  const { node } = await testOf(
    "dbt_expectations.expect_column_values_to_not_be_null: { row_condition: 'id > 1', severity: warn }",
  );
  expect(node).toMatchObject({
    test: { testName: 'not_null', arguments: {} },
    config: { where: 'id > 1', severity: 'warn' },
  });
});

test('a mistake in an argument of another name is told at its place, and so are two names for one thing', async () => {
  const wrong = await testOf('expect_column_values_to_be_between: { min_value: 1, strictly: maybe }');
  expect(wrong.diagnostics).toEqual([
    'YML-005 models/m.yml:4:91 "inclusive" must be true or false, not the text "maybe".',
  ]);
  const both = await testOf('expect_column_values_to_be_in_set: { values: [1], value_set: [2] }');
  expect(both.diagnostics).toEqual([
    expect.stringMatching(/^YML-004 models\/m.yml:4:\d+ Unknown key "value_set"/),
  ]);
  const condition = await testOf('not_null: { row_condition: id > 1 }');
  expect(condition.diagnostics).toEqual([expect.stringContaining('Unknown key "row_condition"')]);
});
