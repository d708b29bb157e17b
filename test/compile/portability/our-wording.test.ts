import { expect, test } from 'vitest';
import { lintProject, readProject } from '../../../src/index.ts';
import { scratchFolder, writeFiles } from '../../cli/shop.ts';

const PROJECT_YML = `name: shop
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
`;

/** The codes of what the lint finds in a test of a model with the columns `sku` and `n`. */
async function codesOf(entry: string): Promise<readonly string[]> {
  const projectDir = scratchFolder();
  writeFiles(projectDir, {
    'project.yml': PROJECT_YML,
    'models/a.sql': "select 'A1' as sku, 1 as n\n",
    'models/a.yml': `models:\n  - name: a\n    columns:\n      - name: sku\n        tests:\n          - ${entry}\n`,
  });
  const request = {
    ...{ projectDir, target: undefined, environment: undefined, threads: undefined, projectCode: true },
    ...{ variables: {}, env: {}, hide: () => {} },
  };
  const warn = () => {};
  const selected = { select: [], exclude: [] };
  const { findings } = await lintProject(await readProject(request, warn), selected, warn);
  return findings.map(({ diagnostic }) => diagnostic.code);
}

test('a backslash in an argument of a generic test is doubled by us, so it is not told', async () => {
  expect(await codesOf(String.raw`match_regex: { regex: '^[A-Z]\d$' }`)).toEqual([]);
  expect(await codesOf(String.raw`match_like_pattern: { like_pattern: 'A\_%' }`)).toEqual([]);
  expect(await codesOf(String.raw`accepted_values: { values: ['A\1'] }`)).toEqual([]);
});

test('a backslash in SQL that stands in the entry of a generic test is told', async () => {
  const expression = String.raw`expression_is_true: { expression: "~ '\\d'" }`;
  expect(await codesOf(expression)).toEqual(['PRT-141']);
  expect(await codesOf(String.raw`not_null: { config: { where: "sku ~ '\\d'" } }`)).toEqual(['PRT-141']);
});

test('a warning about a function that stands in the entry of a generic test is told', async () => {
  const entry = `expression_is_true: { expression: "= regexp_replace(sku, 'a', 'b')" }`;
  expect(await codesOf(entry)).toEqual(['PRT-206']);
});
