import { expect, test } from 'vitest';
import { type Files, oneLine, PROJECT_YML, parse } from '../support/scratch-project.ts';

interface BadInput {
  readonly title: string;
  readonly files: Files;
  readonly expected: readonly string[];
}

const yml = (text: string): Files => ({ 'models/a.sql': 'select 1 as id', 'models/m.yml': text });
const onColumn = (tests: string): Files =>
  yml(`models:\n  - name: a\n    columns:\n      - { name: id, tests: [${tests}] }\n`);

const BAD: readonly BadInput[] = [
  {
    title: 'an unknown model',
    files: { 'models/orders.sql': 'select 1', 'models/a.sql': 'select *\nfrom {{ref "orderz"}}' },
    expected: ['REF-001 models/a.sql:2:6 There is no model or seed "orderz". | Did you mean "orders"?'],
  },
  {
    title: 'a disabled model',
    files: {
      'models/b.sql': '{{config enabled=false}}select 1',
      'models/a.sql': 'select * from {{ref "b"}}',
    },
    expected: ['REF-002 models/a.sql:1:15 "b" is disabled. | Enable it, or take this reference out.'],
  },
  {
    title: 'an unknown source',
    files: { 'models/a.sql': 'select * from {{source "raw" "orders"}}' },
    expected: [
      'REF-003 models/a.sql:1:15 There is no source table "raw"."orders". | Declare it in a .yml file below the models, under "sources".',
    ],
  },
  {
    title: 'an unknown table of a source',
    files: {
      'models/a.sql': 'select * from {{source "raw" "order"}}',
      'models/m.yml': 'sources: [{ name: raw, tables: [{ name: orders }] }]',
    },
    expected: ['REF-003 models/a.sql:1:15 There is no source table "raw"."order". | Did you mean "orders"?'],
  },
  {
    title: 'a custom schema whose name the warehouse would cut',
    files: { 'models/a.sql': `{{config schema="${'x'.repeat(60)}"}}select 1` },
    expected: [
      `CFG-023 - The schema "analytics_${'x'.repeat(60)}" has a name of 70 bytes; the warehouse keeps 63. | Shorten the schema of the target, the custom schema, or the name of the environment.`,
    ],
  },
  {
    title: 'a ref to a generated seed',
    files: { 'seeds/dump.ts': '', 'models/a.sql': 'select * from {{ref "dump"}}' },
    expected: [
      'REF-004 models/a.sql:1:15 "dump" is a generated seed: its rows arrive in the landing zone, not as a relation of its own. | Write {{source "raw" "dump"}}.',
    ],
  },
  {
    title: 'an unknown config in a file',
    files: { 'models/a.sql': '{{config materialised="table"}}\nselect 1' },
    expected: ['CFG-001 models/a.sql:1:23 Unknown config "materialised". | Did you mean "materialized"?'],
  },
  {
    title: 'an unknown value of a config',
    files: { 'models/a.sql': '{{config materialized="tabel"}}\nselect 1' },
    expected: [
      'YML-005 models/a.sql:1:23 "materialized" must be "view" or "table" or "ephemeral", not the text "tabel". | Did you mean "table"?',
    ],
  },
  {
    title: "configs of dbt's incremental models",
    files: { 'models/a.sql': '{{config materialized="incremental" unique_key="id"}}\nselect 1' },
    expected: [
      'YML-005 models/a.sql:1:23 "materialized" must be "view" or "table" or "ephemeral", not the text "incremental". | There are no incremental models yet: write a table.',
      'CFG-001 models/a.sql:1:48 Unknown config "unique_key". | There are no incremental models yet: write a table.',
    ],
  },
  {
    title: 'freshness of a model',
    files: yml('models:\n  - name: a\n    freshness: { warn_after: { count: 1, period: day } }\n'),
    expected: [
      'YML-004 models/m.yml:3:5 Unknown key "freshness". | Freshness belongs to sources: take it out here.',
    ],
  },
  {
    title: 'an unknown config in project.yml, told once for all models',
    files: {
      'project.yml': `${PROJECT_YML}models: { +materialize: table }\n`,
      'models/a.sql': 'select 1',
      'models/b.sql': 'select 1',
    },
    expected: ['CFG-001 project.yml:4:11 Unknown config "materialize". | Did you mean "materialized"?'],
  },
  {
    title: 'a folder in project.yml that was meant as a config',
    files: {
      'project.yml': `${PROJECT_YML}models: { grants: { select: [tableau] } }\n`,
      'models/a.sql': 'select 1',
    },
    expected: [
      'CFG-001 project.yml:4:21 Unknown config "select". | Known here: enabled, tags, meta, schema, alias, publish, dist, sort, sort_style, encode, backup, on_error, grants, bind, materialized, lint, distkey, sortkey, sort_type.',
      'CFG-013 project.yml:4:11 project.yml configures "grants", and there is no such folder. | If the config is meant, write "+grants".',
    ],
  },
  {
    title: 'encodings of columns that are not declared, or have no type',
    files: {
      'models/a.sql': 'select 1 as id, 2 as amount',
      'models/m.yml': [
        'models:',
        '  - name: a',
        '    config: { encode: { amuont: az64 } }',
        '    columns: [{ name: id, data_type: bigint }, { name: amount }]',
        '',
      ].join('\n'),
    },
    expected: [
      'CFG-020 models/m.yml:3:15 "encode" names a column "amuont" that is not declared. | Did you mean "amount"?',
      'CFG-021 models/m.yml:3:15 "encode" needs the types of all columns; "amount" has none. | Give each column of the model its data_type in YAML, such as data_type: numeric(18,2).',
    ],
  },
  {
    title: 'a sort style that there is none of, and encodings of a model that declares nothing',
    files: {
      'models/a.sql': '{{config materialized="table"}}select 1 as id',
      'project.yml': `${PROJECT_YML}models: { +encode: { id: az64 }, +sort_type: zigzag }\n`,
    },
    expected: [
      'CFG-020 project.yml:4:11 "encode" names a column "id" that is not declared. | Declare the columns of the model in YAML, each with its data_type: a table with encodings is made of them.',
      'YML-005 project.yml:4:34 "sort_style" must be "compound" or "interleaved", not the text "zigzag".',
    ],
  },
  {
    title: 'two models of one name',
    files: { 'models/x/a.sql': 'select 1', 'models/y/a.sql': 'select 1' },
    expected: ['CFG-002 models/y/a.sql:1:1 There are two models or seeds "a". | Rename one of the two.'],
  },
  {
    title: 'two models whose names differ in case only',
    files: { 'models/Orders.sql': 'select 1', 'models/orders.sql': 'select 1' },
    expected: [
      'CFG-003 models/orders.sql:1:1 "orders" and "Orders" would be published under one name, analytics.orders. | The warehouse folds case and cuts long names: rename one of the two, or give it an alias.',
    ],
  },
  {
    title: 'two models whose names are one when cut',
    files: { [`models/${'a'.repeat(63)}x.sql`]: 'select 1', [`models/${'a'.repeat(63)}y.sql`]: 'select 1' },
    expected: [
      `CFG-003 models/${'a'.repeat(63)}y.sql:1:1 "${'a'.repeat(63)}y" and "${'a'.repeat(63)}x" would be published under one name, analytics.${'a'.repeat(63)}. | The warehouse folds case and cuts long names: rename one of the two, or give it an alias.`,
    ],
  },
  {
    title: 'a file name that cannot name a model',
    files: { 'models/2024-orders.sql': 'select 1' },
    expected: [
      'CFG-004 models/2024-orders.sql:1:1 "2024-orders" cannot name a model. | Use letters, digits and underscores, beginning with a letter; "__old" and "__next" at the end are taken.',
    ],
  },
  {
    title: 'properties of a model that does not exist',
    files: yml('models:\n  - name: b\n    description: x\n'),
    expected: [
      'CFG-005 models/m.yml:2:11 These properties are of a model "b" that does not exist. | Did you mean "a"?',
    ],
  },
  {
    title: 'properties twice',
    files: yml('models:\n  - name: a\n  - name: a\n'),
    expected: [
      'CFG-006 models/m.yml:3:11 The model "a" has properties twice. | Bring them together in one entry.',
    ],
  },
  {
    title: 'an unknown key in a properties file',
    files: yml('models:\n  - name: a\n    colums: []\n'),
    expected: ['YML-004 models/m.yml:3:5 Unknown key "colums". | Did you mean "columns"?'],
  },
  {
    title: 'an unknown key beside sources, which are not taken for missing',
    files: {
      'models/m.yml': 'sources:\n  - name: raw\n    loader: x\n    tables: [{ name: t, frehsness: 1 }]\n',
      'models/a.sql': 'select * from {{source "raw" "t"}}\n',
    },
    expected: [
      'YML-004 models/m.yml:3:5 Unknown key "loader". | dbt reads this key and nothing here does: take it out.',
      'YML-004 models/m.yml:4:25 Unknown key "frehsness". | Did you mean "freshness"?',
    ],
  },
  {
    title: "keys and configs of dbt's",
    files: yml(
      'models:\n  - name: a\n    latest_version: 1\n    columns: [{ name: id, quote: true }]\nexposures: []\n',
    ),
    expected: [
      'YML-004 models/m.yml:3:5 Unknown key "latest_version". | dbt reads this key and nothing here does: take it out.',
      'YML-004 models/m.yml:4:27 Unknown key "quote". | Names are quoted where they must be: take it out.',
      'YML-004 models/m.yml:5:1 Unknown key "exposures". | dbt reads this key and nothing here does: take it out.',
    ],
  },
  {
    title: "a config of dbt's",
    files: onColumn('unique: { config: { store_failures_as: view } }'),
    expected: [
      'CFG-001 models/m.yml:4:49 Unknown config "store_failures_as". | Failing rows are kept as tables: write "store_failures: true".',
    ],
  },
  {
    title: 'a text without quotes that is cut at its comma',
    files: yml('models:\n  - { name: a, description: One, two. }\n'),
    expected: [
      'YML-011 models/m.yml:2:34 "two." is read as a key without a value. | Inside { } a comma ends a text: put the whole text in quotes.',
    ],
  },
  {
    title: 'an unknown type of a column',
    files: yml('models:\n  - name: a\n    columns: [{ name: id, data_type: strng }]\n'),
    expected: [
      'CFG-007 models/m.yml:3:38 "strng" is no portable type. | Known types: varchar, varchar(n), smallint, integer, bigint, numeric(p,s), double, boolean, date, timestamp.',
    ],
  },
  {
    title: 'a column listed twice',
    files: yml('models:\n  - name: a\n    columns: [{ name: id }, { name: ID }]\n'),
    expected: ['CFG-012 models/m.yml:3:37 The column "ID" is listed twice.'],
  },
  {
    title: 'an unknown test',
    files: onColumn('uniqe'),
    expected: ['CFG-008 models/m.yml:4:29 There is no generic test "uniqe". | Did you mean "unique"?'],
  },
  {
    title: 'arguments beside the name of their test',
    files: yml('models:\n  - name: a\n    tests:\n      - row_count_between:\n        min_value: 1\n'),
    expected: [
      'CFG-009 models/m.yml:4:9 A data test has one name, and here are 2: row_count_between, min_value. | Arguments and config belong below the name of the test: indent them further.',
    ],
  },
  {
    title: 'a test of a column without one',
    files: yml('models:\n  - name: a\n    tests: [unique]\n'),
    expected: [
      'CFG-010 models/m.yml:3:13 The test "unique" tests one column. | Move it below a column, or give it a "column_name".',
    ],
  },
  {
    title: 'a test declared twice',
    files: onColumn('unique, unique: { severity: warn }'),
    expected: [
      'CFG-011 models/m.yml:4:37 The test "unique_a_id" is declared twice. | Take one of the two out, or tell them apart with "name".',
    ],
  },
  {
    title: 'two tests of one name',
    files: onColumn('unique: { name: key }, not_null: { name: key }'),
    expected: [
      'CFG-011 models/m.yml:4:52 The test "key" is declared twice. | Take one of the two out, or tell them apart with "name".',
    ],
  },
  {
    title: 'a test with the name of a singular one',
    files: { ...onColumn('unique: { name: key }'), 'tests/key.sql': 'select * from {{ref "a"}}' },
    expected: [
      'CFG-011 tests/key.sql:1:1 The test "key" is declared twice. | Take one of the two out, or tell them apart with "name".',
    ],
  },
  {
    title: 'a condition of a singular test, in its file and in YAML',
    files: {
      ...onColumn('unique'),
      'tests/in_file.sql': '{{config where="id > 1"}} select * from {{ref "a"}}',
      'tests/in_yaml.sql': 'select * from {{ref "a"}}',
      'models/tests.yml': 'data_tests: [{ name: in_yaml, config: { where: id > 1 } }]\n',
    },
    expected: [
      'CFG-025 models/tests.yml:1:41 "where" filters what a generic test looks at; "in_yaml" is a query of your own. | Write the condition into the query.',
      'CFG-025 tests/in_file.sql:1:16 "where" filters what a generic test looks at; "in_file" is a query of your own. | Write the condition into the query.',
    ],
  },
  {
    title: 'an unknown argument of a test',
    files: onColumn('accepted_values: { value: [1] }'),
    expected: [
      'YML-006 models/m.yml:4:29 "values" is missing here. | Add "values: …".',
      'YML-004 models/m.yml:4:48 Unknown key "value". | Did you mean "values"?',
    ],
  },
  {
    title: 'a wrong severity',
    files: onColumn('unique: { config: { severity: warning } }'),
    expected: [
      'YML-005 models/m.yml:4:49 "severity" must be "error" or "warn" or "ERROR" or "WARN", not the text "warning".',
    ],
  },
  {
    title: 'a relation argument that names nothing',
    files: onColumn("relationships: { to: ref('b'), field: id }"),
    expected: ['REF-001 models/m.yml:4:50 There is no model or seed "b". | Did you mean "a"?'],
  },
  {
    title: 'a relation argument that is SQL',
    files: onColumn('relationships: { to: "select 1", field: id }'),
    expected: [
      `REF-005 models/m.yml:4:50 "to" must name a model, seed or source, not "select 1". | Write x, ref('x') or source('a', 'x').`,
    ],
  },
  {
    title: 'a landed source with a schema',
    files: {
      'models/m.yml': 'sources:\n  - name: raw\n    schema: elsewhere\n    tables: [{ name: orders }]\n',
    },
    expected: [
      'CFG-014 models/m.yml:3:13 The tables of "raw" are landed by "model load", which puts them in analytics__raw. | Take "schema" out, or say "landed: false" if something else fills these tables.',
    ],
  },
  {
    title: 'an alias that multiplies',
    files: yml(
      [
        'models:',
        '  - name: a',
        '    meta:',
        '      a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
        ...['b', 'c', 'd', 'e', 'f'].map((name, index) => {
          const below = `*${'abcde'[index]}`;
          return `      ${name}: &${name} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
        }),
        '',
      ].join('\n'),
    ),
    expected: [
      'YML-003 models/m.yml:8:42 The aliases of this file stand for more than 100000 values, counted at "*d". | Write out what is meant instead of nesting anchors.',
    ],
  },
  {
    title: 'a number that loses digits',
    files: yml('models:\n  - name: a\n    meta: { id: 9007199254740993 }\n'),
    expected: [
      'YML-009 models/m.yml:3:17 The number 9007199254740993 cannot be held exactly. | Write it in quotes.',
    ],
  },
];

test.each(BAD)('$title', async ({ files, expected }) => {
  const { diagnostics } = await parse(files);
  const lines = diagnostics.map(oneLine);
  expect(lines.toSorted()).toEqual([...expected].toSorted());
});

test('mistakes in several files are told at once', async () => {
  const { diagnostics } = await parse({
    'models/a.sql': 'select * from {{ref "x"}}',
    'models/b.sql': 'select {{/if}}',
    'models/c.yml': 'models: 5',
  });
  expect(new Set(diagnostics.map((found) => found.span?.source.path))).toEqual(
    new Set(['models/a.sql', 'models/b.sql', 'models/c.yml']),
  );
});

test('a project’s TypeScript can be refused', async () => {
  const { diagnostics } = await parse({ 'macros/m.ts': 'export const x = () => 1;' }, { projectCode: false });
  expect(diagnostics.map(oneLine)).toEqual([
    'PRJ-015 - macros/m.ts is TypeScript, and --no-project-code refuses to run it. | Read the file, then leave the flag out; it runs with your rights.',
  ]);
});

test('TypeScript that does not load is told with its place', async () => {
  const { diagnostics } = await parse({ 'macros/m.ts': 'export const x = ;\n' });
  expect(diagnostics.map((found) => [found.code, found.span?.start.line])).toEqual([['PRJ-016', 1]]);
});

test('functions of a TypeScript macro file are helpers', async () => {
  const { manifest, diagnostics } = await parse({
    'macros/m.ts': 'export function twice(n: number): number { return n * 2; }\n',
  });
  expect(diagnostics).toEqual([]);
  const twice = manifest.macros.helpers.get('twice');
  const span = { source: { path: '', text: '' }, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  expect(twice?.run({ positional: [21], named: {}, span })).toBe(42);
});
