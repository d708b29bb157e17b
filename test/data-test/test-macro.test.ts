import { describe, expect, test } from 'vitest';
import { bindCompiled } from '../../src/compile/bound-sql.ts';
import { startCompilation } from '../../src/compile/compilation.ts';
import { compileDataTests } from '../../src/data-test/compile-data-test.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import { describeEngines } from '../support/engines.ts';
import { type Files, oneLine, parse } from '../support/scratch-project.ts';

const IS_EVEN = `{{#macro "test_is_even" remainder=0 as |model column_name remainder|}}
select {{column_name}}
from {{model}}
where {{column_name}} % 2 <> {{remainder}}
{{/macro}}
`;

/** A project with a model `a`, one entry of tests under its column `id`, and macros. */
function project(entry: string, macros = IS_EVEN, more: Files = {}): Files {
  return {
    'models/a.sql': 'select 1 as id',
    'models/m.yml': `models:\n  - name: a\n    columns:\n      - name: id\n        tests:\n          - ${entry}\n`,
    'macros/tests.sql': macros,
    ...more,
  };
}

/** The tests of a project as SQL with published names, and what was reported. */
async function compiled(files: Files, dialect: Dialect = duckdbDialect) {
  const { manifest, diagnostics } = await parse(files);
  const found: Diagnostic[] = [...diagnostics];
  if (found.some(({ severity }) => severity === 'error'))
    return { tests: [], sql: [], diagnostics: found.map(oneLine) };
  const compilation = startCompilation(manifest, dialect, (diagnostic) => found.push(diagnostic));
  const tests = [...compileDataTests(compilation).values()];
  const nameOf = (uniqueId: string) => `s.${uniqueId.split('.').at(-1)}`;
  return {
    tests,
    sql: tests.map((each) => bindCompiled(each, nameOf).sql),
    diagnostics: found.map(oneLine),
  };
}

describe('a macro test_x whose first parameter is model is the generic test x', () => {
  test('it gets the tested relation, the tested column and its defaults', async () => {
    const { tests, sql, diagnostics } = await compiled(project('is_even'));
    expect(diagnostics).toEqual([]);
    expect(sql).toEqual(['select id\nfrom s.a\nwhere id % 2 <> 0']);
    expect(tests.map(({ node }) => [node.name, node.fqn])).toEqual([
      ['is_even_a_id', ['shop', 'is_even_a_id']],
    ]);
    expect(tests[0]?.node.test).toMatchObject({ testName: 'is_even', macro: { name: 'test_is_even' } });
  });

  test('arguments stand in its name, and templates in them are evaluated', async () => {
    const { tests, sql } = await compiled(
      project('is_even: { arguments: { remainder: \'{{var "rest"}}\' } }', IS_EVEN, {
        'project.yml':
          'name: shop\nvars: { rest: 1 }\ntargets:\n  dev: { adapter: duckdb, path: d.duckdb, schema: s }\n',
      }),
    );
    expect(sql).toEqual(['select id\nfrom s.a\nwhere id % 2 <> 1']);
    expect(tests.map(({ node }) => node.name)).toEqual(['is_even_a_id___var_rest_']);
  });

  test('a condition is a common table, so that the macro may name the relation as often as it likes', async () => {
    const twice = `{{#macro "test_grows" as |model|}}
with pairs as (
  select one.id from {{model}} as one join {{model}} two on one.id = two.id + 1
)
select * from pairs
{{/macro}}
`;
    const files = project('is_even: { where: "id > 3 -- large" }', IS_EVEN + twice, {
      'models/n.yml': 'seeds: []\n',
    });
    expect((await compiled(files)).sql).toEqual([
      `\
with __model__tested as (
  select *
  from s.a
  where id > 3 -- large
)
select id
from __model__tested
where id % 2 <> 0`,
    ]);
    const below = {
      ...project('is_even', IS_EVEN + twice),
      'models/m.yml': 'models:\n  - name: a\n    tests: [grows: { where: id > 3 }]\n',
    };
    expect((await compiled(below)).sql).toEqual([
      `\
with __model__tested as (
  select *
  from s.a
  where id > 3
),
pairs as (
  select one.id from __model__tested as one join __model__tested two on one.id = two.id + 1
)
select * from pairs`,
    ]);
  });

  test('relations come as arguments and out of the macro itself', async () => {
    const macros = `{{#macro "test_known" as |model column_name among|}}
select {{column_name}} from {{model}}
where {{column_name}} not in (select id from {{among}}) and {{column_name}} not in (select id from {{ref "c"}})
{{/macro}}
`;
    const entry = (among: string) =>
      project(`known: { among: ${among} }`, macros, {
        'models/b.sql': 'select 1 as id',
        'models/c.sql': 'select 1 as id',
      });
    for (const among of ["ref('b')", '\'{{ref "b"}}\'']) {
      const { tests, diagnostics } = await compiled(entry(among));
      expect(diagnostics).toEqual([]);
      expect(tests[0]?.reads).toEqual(['model.shop.a', 'model.shop.b', 'model.shop.c']);
      expect(tests[0]?.node.references.map(({ uniqueId }) => uniqueId).sort()).toEqual(tests[0]?.reads);
      expect(tests[0]?.node.name).toBe('known_a_ref_b___id');
    }
    expect((await compiled(entry('b'))).diagnostics).toEqual([
      'CMP-005 macros/tests.sql:3:46 "b" is named outside ref and source. | Write {{ref "b"}}.',
    ]);
  });

  test('without a parameter column_name it stands under the model, with an optional one under either', async () => {
    const macros = `{{#macro "test_filled" as |model|}}select 1 from {{model}} having count(*) = 0{{/macro}}
{{#macro "test_any" column_name="*" as |model column_name|}}select {{column_name}} from {{model}}{{/macro}}
`;
    const files = {
      ...project('filled', macros),
      'models/m.yml':
        'models:\n  - name: a\n    tests: [filled, any]\n    columns: [{ name: id, tests: [any] }]\n',
    };
    const { sql, diagnostics } = await compiled(files);
    expect(diagnostics).toEqual([]);
    expect(sql).toEqual(['select 1 from s.a having count(*) = 0', 'select * from s.a', 'select id from s.a']);
  });

  test('the body is the one for the engine', async () => {
    const macros = `{{#macro "test_is_even" as |model column_name|}}select {{column_name}} from {{model}}{{/macro}}
{{#macro "test_is_even" adapter="redshift" as |model column_name|}}select top 1 {{column_name}} from {{model}}{{/macro}}
`;
    const files = project('is_even: { where: id > 1 }', macros);
    const filter = '  select *\n  from s.a\n  where id > 1\n';
    const sqlOn = async (dialect: Dialect) => (await compiled(files, dialect)).sql[0];
    const expected = (body: string) => `with __model__tested as (\n${filter})\n${body} from __model__tested`;
    expect(await sqlOn(duckdbDialect)).toBe(expected('select id'));
    expect(await sqlOn(postgresDialect)).toBe(expected('select id'));
    expect(await sqlOn(redshiftDialect)).toBe(expected('select top 1 id'));
  });

  test('a mistake in its SQL is shown in the macro, with the test that calls it', async () => {
    const { tests } = await compiled(project('is_even'));
    const [only] = tests;
    if (only === undefined) throw new Error('not compiled');
    const origin = only.map.originAt(only.sql.indexOf('% 2'));
    expect(origin && formatPlace(origin.span)).toBe('macros/tests.sql:4:23');
    expect(origin?.stack.map(({ macro, span }) => `${macro} ${formatPlace(span)}`)).toEqual([
      'test_is_even models/m.yml:6:13',
    ]);
  });

  test('what takes the name of a built-in test takes its place, and says so', async () => {
    const macros =
      '{{#macro "test_unique" as |model column_name|}}select {{column_name}} from {{model}}{{/macro}}\n';
    const { sql, diagnostics } = await compiled(project('unique', macros));
    expect(sql).toEqual(['select id from s.a']);
    expect(diagnostics).toEqual([
      'CFG-024 macros/tests.sql:1:1 The macro "test_unique" takes the place of the built-in test "unique". | Rename it if "unique" is to mean the test that docs/test-data.md describes.',
    ]);
  });
});

describe('mistakes are told at the place in YAML', () => {
  const strict =
    '{{#macro "test_strict" loud=false as |model column_name least loud|}}\nselect {{column_name}} from {{model}} where {{column_name}} < {{least}}{{#if loud}} or true{{/if}}\n{{/macro}}\n';
  test.each([
    ['strict', strict, ['YML-006 models/m.yml:6:13 "least" is missing here. | Add "least: …".']],
    [
      'strict: { least: 1, laud: true }',
      strict,
      ['YML-004 models/m.yml:6:33 Unknown key "laud". | Did you mean "loud"?'],
    ],
    [
      'strict: { least: 1, loud: "yes" }',
      strict,
      ['YML-005 models/m.yml:6:39 "loud" must be true or false, not the text "yes".'],
    ],
    [
      'is_even: { remainder: [1] }',
      IS_EVEN,
      ['YML-005 models/m.yml:6:35 "remainder" must be a text or a number, not a list.'],
    ],
    [
      'filled',
      '{{#macro "test_filled" as |model|}}select 1 from {{model}} having count(*) = 0{{/macro}}\n',
      [
        'CFG-010 models/m.yml:6:13 The test "filled" tests a whole relation. | Move it from the column to the model.',
      ],
    ],
    [
      'is_evn',
      IS_EVEN,
      ['CFG-008 models/m.yml:6:13 There is no generic test "is_evn". | Did you mean "is_even"?'],
    ],
    [
      'odd',
      '{{#macro "test_odd" as |relation|}}select 1 from {{relation}}{{/macro}}\n',
      [
        'CFG-008 models/m.yml:6:13 There is no generic test "odd". | The macro "test_odd" is no test: its first parameter must be "model", the tested relation.',
      ],
    ],
    [
      'is_even',
      '{{#macro "test_is_even" adapter="redshift" as |model column_name|}}select {{column_name}} from {{model}}{{/macro}}\n',
      [
        'TPL-076 models/m.yml:6:13 The macro "test_is_even" has no body for duckdb, only for redshift. | Write {{#macro "test_is_even" adapter="duckdb" …}}, or a body without adapter for all others.',
      ],
    ],
    [
      "is_even: { remainder: ref('b') }",
      IS_EVEN,
      ['REF-001 models/m.yml:6:35 There is no model or seed "b". | Did you mean "a"?'],
    ],
  ])('%s', async (entry, macros, expected) => {
    expect((await compiled(project(entry, macros))).diagnostics).toEqual(expected);
  });

  test('a function of a TypeScript file is no test', async () => {
    const { diagnostics } = await compiled({
      ...project('is_even', ''),
      'macros/tests.ts':
        "export function test_is_even(model: unknown) { return 'select 1 from ' + String(model); }\n",
    });
    expect(diagnostics).toEqual([
      'CFG-008 models/m.yml:6:13 There is no generic test "is_even". | "test_is_even" is a function of a TypeScript macro file; call it in a macro of an .sql file: {{#macro "test_is_even" as |model|}}.',
    ]);
  });
});

describeEngines('a test of the project’s own runs', (engine) => {
  test('filtered and unfiltered', async () => {
    await engine.session.execute('create schema if not exists s');
    await engine.session.execute('create table s.a as select 3 as id union all select 5 union all select 6');
    for (const [where, failing] of [
      ['id > 0', [3, 5]],
      ['id > 3', [5]],
    ] as const) {
      const { sql } = await compiled(project(`is_even: { where: ${where} }`), engine.dialect);
      const { rows } = await engine.session.query(sql[0] ?? '');
      expect(rows.map(({ id }) => Number(id)).sort()).toEqual(failing);
    }
  });
});
