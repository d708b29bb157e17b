import { expect, test } from 'vitest';
import type { NodeFinding } from '../../../src/compile/portability/lint-compiled.ts';
import { lintProject, readProject } from '../../../src/index.ts';
import { type Files, scratchFolder, writeFiles } from '../../cli/shop.ts';

const PROJECT_YML = `name: shop
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
deterministic_functions: [f_margin]
`;

/** What the lint finds in a project of these files. */
async function lint(files: Files, select: readonly string[] = []): Promise<readonly NodeFinding[]> {
  const projectDir = scratchFolder();
  writeFiles(projectDir, { 'project.yml': PROJECT_YML, ...files });
  const request = {
    ...{ projectDir, target: undefined, environment: undefined, threads: undefined, projectCode: true },
    ...{ variables: {}, env: {}, hide: () => {} },
  };
  const warn = () => {};
  return (await lintProject(await readProject(request, warn), { select, exclude: [] }, warn)).findings;
}

const placesOf = (findings: readonly NodeFinding[]) =>
  findings.map(({ diagnostic: { code, span } }) => [
    code,
    `${span?.source.path}:${span?.start.line}:${span?.start.column}`,
  ]);

test('a finding stands at the line of the template, with the page and what to write instead', async () => {
  const [finding] = await lint({
    'models/daily.sql': '{{#if true}}\nselect 1 as a,\n{{/if}}\n  count(*) filter (where 1 = 1) as n\n',
  });
  expect(finding?.diagnostic).toMatchObject({
    code: 'PRT-101',
    severity: 'error',
    message: 'Model "daily": Redshift has no FILTER clause.',
    span: { source: { path: 'models/daily.sql' }, start: { line: 4, column: 3 } },
  });
  expect(finding?.diagnostic.hint).toContain('case when');
  expect(finding?.diagnostic.hint).toContain(finding?.page);
});

test('a finding in a macro stands in the macro, is told once, and names the call', async () => {
  const findings = await lint({
    'macros/first.sql': '{{#macro "tags" as |x|}}string_agg({{x}}, \',\'){{/macro}}\n',
    'models/a.sql': 'select {{tags "x"}} as t from (select 1 as x) as s\n',
    'models/b.sql': 'select {{tags "y"}} as t from (select 1 as y) as s\n',
  });
  expect(placesOf(findings)).toEqual([['PRT-202', 'macros/first.sql:1:25']]);
  expect(findings[0]?.diagnostic.related).toMatchObject([
    { message: 'macro "tags" is called here', span: { source: { path: 'models/a.sql' } } },
  ]);
});

test('what stands in an ephemeral model is told there, once', async () => {
  const findings = await lint({
    'models/base.sql': '{{config materialized="ephemeral"}}\nselect 1 as x, now_utc() as y\n',
    'models/a.sql': 'select x from {{ref "base"}}\n',
    'models/b.sql': 'select y from {{ref "base"}}\n',
  });
  expect(placesOf(findings)).toEqual([['PRT-202', 'models/base.sql:2:16']]);
});

test('portable macros give Redshift no cause, whatever the engine of the project', async () => {
  const macros = [
    '{{count_if "x > 1"}}',
    '{{listagg "x" "," "x"}}',
    '{{median "x"}}',
    '{{regexp_replace "y" "[0-9]+" ""}}',
    '{{concat_null_safe "y" "y" "y"}}',
    '{{bool_or "x > 1"}}',
    '{{safe_divide "sum(x)" "count(x)"}}',
    '{{literal "a\\b"}}',
  ];
  for (const macro of macros) {
    const sql = `with s as (select 1 as x, cast('a' as varchar) as y)\nselect ${macro} as z from s group by y\n`;
    expect(await lint({ 'models/a.sql': sql }), macro).toEqual([]);
  }
});

test('a warning about hand-written SQL is told although a macro has the same name', async () => {
  const findings = await lint({
    'models/a.sql': "select regexp_replace(y, 'a', 'b') as z from (select cast('a' as varchar) as y) as s\n",
  });
  expect(placesOf(findings)).toEqual([['PRT-206', 'models/a.sql:1:8']]);
});

test('tests are linted as the subqueries that they are sent as, generic ones at their entry', async () => {
  const recursion = 'with recursive n (i) as (select 1 union all select i + 1 from n where i < 3)\n';
  const findings = await lint({
    'models/a.sql': `${recursion}select i from n\n`,
    'models/a.yml':
      'models:\n  - name: a\n    tests:\n      - expression_is_true: { expression: "i is distinct from 4" }\n',
    'tests/no_more.sql': `${recursion}select i from n where i > (select max(i) from {{ref "a"}})\n`,
  });
  expect(placesOf(findings).sort()).toEqual([
    ['PRT-150', 'models/a.yml:4:9'],
    ['PRT-230', 'tests/no_more.sql:1:16'],
  ]);
});

test('the average of a column that is declared as a whole number is told, through the models that read it', async () => {
  const findings = await lint({
    'models/a.sql': 'select 1 as days\n',
    'models/a.yml': 'models:\n  - name: a\n    columns:\n      - { name: days, data_type: integer }\n',
    'models/b.sql': 'with r as (select * from {{ref "a"}})\nselect avg(days) as mean from r\n',
  });
  expect(placesOf(findings)).toEqual([['PRT-212', 'models/b.sql:2:8']]);
});

test('a declared boolean among the values of a key is told at the call, and bool_text is not', async () => {
  const findings = await lint({
    'models/a.sql': 'select 1 as id, 1 > 2 as is_trial\n',
    'models/a.yml': 'models:\n  - name: a\n    columns:\n      - { name: is_trial, data_type: boolean }\n',
    'models/b.sql':
      'select\n  {{surrogate_key "id" "is_trial"}} as k,\n  {{surrogate_key "id" (bool_text "is_trial")}} as l\nfrom {{ref "a"}}\n',
  });
  expect(placesOf(findings)).toEqual([['PRT-154', 'models/b.sql:2:3']]);
});

test('only what is selected is linted', async () => {
  const files = {
    'models/a.sql': 'select nosuch(1) as x\n',
    'models/b.sql': 'select x, another(1) as y from {{ref "a"}}\n',
  };
  expect(placesOf(await lint(files, ['b']))).toEqual([['PRT-202', 'models/b.sql:1:11']]);
});

test('functions that the project declares are its own business', async () => {
  expect(await lint({ 'models/a.sql': 'select f_margin(1) as x\n' })).toEqual([]);
});

test('a node switches a rule off with a reason, for folders and for itself, and the rules add up', async () => {
  const findings = await lint({
    'project.yml': `${PROJECT_YML}models:\n  old:\n    +lint: { off: { PRT-101: never sent to Redshift } }\n`,
    'models/old/a.sql':
      'select count(*) filter (where true) as n, nosuch(1) as x, 1 is distinct from 2 as y\n',
    'models/old/a.yml':
      'models:\n  - name: a\n    config: { lint: { off: { PRT-202: made by the platform team } } }\n',
    'models/b.sql': 'select count(*) filter (where true) as n\n',
  });
  expect(placesOf(findings).sort()).toEqual([
    ['PRT-101', 'models/b.sql:1:8'],
    ['PRT-150', 'models/old/a.sql:1:61'],
  ]);
});

test('a code that is no rule is a mistake, with a suggestion', async () => {
  const findings = await lint({
    'models/a.sql': 'select 1 as x\n',
    'models/a.yml': 'models:\n  - name: a\n    config: { lint: { off: { PRT-109: rows, PRT-998: why } } }\n',
  });
  expect(findings.map(({ diagnostic: { code, message } }) => [code, message])).toEqual([
    ['PRT-002', '"a" switches off PRT-998, which is no rule of the lint.'],
  ]);
});

test('a rule cannot be switched off without a reason, nor by a word', async () => {
  const off = (rules: string) =>
    lint({
      'models/a.sql': 'select 1 as x\n',
      'models/a.yml': `models:\n  - name: a\n    config: { lint: { off: ${rules} } }\n`,
    });
  await expect(off('{ PRT-101: "" }')).rejects.toThrow('must say why');
  await expect(off('{ filter: "no" }')).rejects.toThrow('must be a code');
  await expect(off('[PRT-101]')).rejects.toThrow();
});
