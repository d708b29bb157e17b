import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { Node } from '../../src/manifest/node.ts';
import { loadProject } from '../../src/project/load.ts';
import { PROJECT_YML, parse, parseLoaded } from '../support/scratch-project.ts';

const SMALL_SHOP = join(import.meta.dirname, '../projects/small_shop');

async function smallShop(environment?: string): Promise<Manifest> {
  const diagnostics: unknown[] = [];
  const report = (found: unknown) => diagnostics.push(found);
  const project = await loadProject({ projectDir: SMALL_SHOP, env: {}, environment }, report);
  if (project === undefined) throw new Error('not loaded');
  const parsed = await parseLoaded(project);
  expect([...diagnostics, ...parsed.diagnostics]).toEqual([]);
  return parsed.manifest;
}

function nodeOf<T extends Node['resourceType']>(manifest: Manifest, resourceType: T, name: string) {
  const found = [...manifest.nodes.values()].find(
    (node): node is Extract<Node, { resourceType: T }> =>
      node.resourceType === resourceType && node.name === name,
  );
  if (found === undefined) throw new Error(`no ${resourceType} ${name}`);
  return found;
}

test('a project becomes nodes with dbt’s unique ids', async () => {
  const manifest = await smallShop();
  expect([...manifest.nodes.keys()].map((id) => id.replace(/\.[0-9a-f]{10}$/, '.*'))).toEqual([
    'source.small_shop.raw.orders',
    'source.small_shop.crm.customers',
    'generated_seed.small_shop.orders',
    'seed.small_shop.countries',
    'model.small_shop.daily',
    'model.small_shop.stg_orders',
    'test.small_shop.source_not_null_raw_orders_order_id.*',
    'test.small_shop.unique_combination_of_columns_daily_ordered_on__name.*',
    'test.small_shop.not_null_daily_ordered_on.*',
    'test.small_shop.every_country_is_known.*',
    'test.small_shop.sales_are_positive',
  ]);
  expect(
    manifest.disabled.map((node) => [node.name, `${node.span.source.path}:${node.span.start.line}`]),
  ).toEqual([
    ['old', 'models/marts/old.sql:1'],
    ['unique_daily_ordered_on', 'models/marts/marts.yml:18'],
  ]);
});

test('a model’s config comes from folders, YAML and file', async () => {
  const daily = nodeOf(await smallShop(), 'model', 'daily');
  expect(daily.config).toEqual({
    materialized: 'table',
    enabled: true,
    publish: 'table',
    schema: undefined,
    alias: undefined,
    storage: { sort: ['ordered_on'] },
    bind: true,
    onError: 'skip',
    grants: { select: ['tableau', 'analyst'] },
    columnTypes: {},
    delimiter: ',',
    raw: {
      materialized: 'table',
      enabled: true,
      publish: 'table',
      tags: ['all', 'tableau'],
      grants: { select: ['tableau', 'analyst'] },
      meta: { owner: 'sales' },
      sort: ['ordered_on'],
    },
  });
  expect(daily).toMatchObject({
    fqn: ['small_shop', 'marts', 'daily'],
    description: 'Sales by day and country.',
    tags: ['all', 'tableau'],
    meta: { owner: 'sales' },
    relation: { schema: 'analytics', name: 'daily' },
    columns: [
      { name: 'ordered_on', description: '', dataType: 'date', tags: ['key'], meta: {} },
      {
        name: 'name',
        description: '',
        dataType: undefined,
        tags: [],
        meta: {},
        span: { start: { column: 15 } },
      },
    ],
  });
});

test('references are found with their place, also behind a condition that is false', async () => {
  const daily = nodeOf(await smallShop(), 'model', 'daily');
  expect(daily.references.map(({ uniqueId, span }) => [uniqueId, span.start])).toEqual([
    ['model.small_shop.stg_orders', { line: 3, column: 6 }],
    ['seed.small_shop.countries', { line: 4, column: 6 }],
    ['source.small_shop.crm.customers', { line: 5, column: 22 }],
  ]);
});

test('sources are landed or foreign', async () => {
  const manifest = await smallShop('pr_42');
  expect(nodeOf(manifest, 'source', 'orders')).toMatchObject({
    sourceName: 'raw',
    landed: 'orders',
    token: undefined,
    tags: ['landed'],
    relation: { schema: 'analytics__raw', name: 'orders' },
    columns: [
      { name: 'order_id', dataType: 'bigint' },
      { name: 'amount', dataType: 'numeric(18,2)' },
    ],
  });
  expect(nodeOf(manifest, 'source', 'customers')).toMatchObject({
    landed: undefined,
    token: { kind: 'append_only', loadedAtField: 'loaded_at' },
    relation: { schema: 'crm', name: 'customers_v2' },
  });
});

test('a data test has its arguments, its config and all that it reads', async () => {
  const manifest = await smallShop();
  const unique = nodeOf(manifest, 'test', 'unique_combination_of_columns_daily_ordered_on__name');
  expect(unique).toMatchObject({
    attachedTo: 'model.small_shop.daily',
    test: {
      kind: 'generic',
      testName: 'unique_combination_of_columns',
      columnName: undefined,
      columnIsArgument: false,
      arguments: { combination_of_columns: ['ordered_on', 'name'] },
    },
    config: {
      severity: 'warn',
      warnIf: '!= 0',
      errorIf: '!= 0',
      limit: 500,
      where: 'ordered_on > {{date (var "as_of_date")}}',
    },
  });
  const known = nodeOf(manifest, 'test', 'every_country_is_known');
  expect(known.test).toMatchObject({ arguments: { to: 'seed.small_shop.countries', field: 'name' } });
  expect(known.references.map((reference) => reference.uniqueId)).toEqual([
    'model.small_shop.daily',
    'seed.small_shop.countries',
  ]);
  expect(nodeOf(manifest, 'test', 'not_null_daily_ordered_on').tags).toEqual(['key']);
  expect(nodeOf(manifest, 'test', 'sales_are_positive')).toMatchObject({
    description: 'Nobody is paid for buying.',
    attachedTo: undefined,
    config: { severity: 'warn', limit: 10 },
    references: [{ uniqueId: 'model.small_shop.daily' }],
  });
});

test('environments and custom schemas have published schemas of their own', async () => {
  const files = { 'models/a.sql': '{{config schema="finance"}}select 1', 'models/b.sql': 'select 1' };
  const { manifest } = await parse(files, { environment: 'pr_42' });
  expect(nodeOf(manifest, 'model', 'a').relation).toEqual({ schema: 'analytics__pr_42_finance', name: 'a' });
  expect(nodeOf(manifest, 'model', 'b').relation).toEqual({ schema: 'analytics__pr_42', name: 'b' });
});

test('references in the tags of a test’s texts count', async () => {
  const { manifest, diagnostics } = await parse({
    'models/a.sql': 'select 1 as id',
    'models/b.sql': 'select 1 as id',
    'models/m.yml': `models:
  - name: a
    columns:
      - name: id
        tests: [{ not_null: { where: 'id in (select id from {{ref "b"}})' } }]
`,
  });
  expect(diagnostics).toEqual([]);
  const references = nodeOf(manifest, 'test', 'not_null_a_id').references;
  expect(references.map((reference) => reference.uniqueId)).toEqual(['model.shop.a', 'model.shop.b']);
});

test('a condition of a folder is for the generic tests there, and not for singular ones', async () => {
  const { manifest, diagnostics } = await parse({
    'project.yml': `${PROJECT_YML}data_tests: { where: id > 1, limit: 5 }\n`,
    'models/a.sql': 'select 1 as id',
    'models/m.yml': 'models: [{ name: a, columns: [{ name: id, tests: [unique] }] }]\n',
    'tests/own.sql': 'select * from {{ref "a"}}',
  });
  expect(diagnostics).toEqual([]);
  expect(nodeOf(manifest, 'test', 'unique_a_id').config).toMatchObject({ where: 'id > 1', limit: 5 });
  expect(nodeOf(manifest, 'test', 'own').config).toMatchObject({ where: undefined, limit: 5 });
});

test('a long test name is cut and ends in a hash', async () => {
  const { manifest } = await parse({
    'models/a.sql': 'select 1 as id',
    'models/m.yml': `models:
  - name: a
    columns:
      - name: id
        tests: [{ accepted_values: { values: [${Array.from({ length: 30 }, (_, i) => `value_${i}`).join(', ')}] } }]
`,
  });
  const test = [...manifest.nodes.values()].find((node) => node.resourceType === 'test');
  expect(test?.name).toMatch(/^accepted_values_a_[0-9a-f]{32}$/);
});

test('references inside macros count for the models that call them, for this adapter only', async () => {
  const { manifest, diagnostics } = await parse({
    'macros/known.sql': `{{#macro "known" as |code|}}{{code}} in (select code from {{ref "codes"}}){{/macro}}
{{#macro "known" adapter="postgres" as |code|}}{{code}} in (select code from {{ref "none"}}){{/macro}}
{{#macro "outer" as |code|}}{{known code}}{{/macro}}
`,
    'models/codes.sql': 'select 1 as code',
    'models/a.sql': 'select *\nfrom {{ref "codes"}}',
    'models/b.sql': 'select 1 as code\nwhere {{outer "code"}}',
  });
  expect(diagnostics).toEqual([]);
  expect(
    nodeOf(manifest, 'model', 'b').references.map(({ uniqueId, span }) => [uniqueId, span.start]),
  ).toEqual([['model.shop.codes', { line: 2, column: 7 }]]);
});

test('an unknown model inside a macro is told at the call, with the way to the ref', async () => {
  const { diagnostics } = await parse({
    'macros/m.sql': '{{#macro "codes"}}{{ref "nothing"}}{{/macro}}\n',
    'models/a.sql': 'select * from {{codes}}',
  });
  expect(
    diagnostics.map(({ code, span, related }) => [code, span?.source.path, related?.[0]?.span.source.path]),
  ).toEqual([['REF-001', 'models/a.sql', 'macros/m.sql']]);
});

test('how a table is stored comes from all layers, under dbt’s spellings too, and encodings add up', async () => {
  const { manifest } = await parse({
    'project.yml': `${PROJECT_YML}models: { +sort_type: interleaved, +encode: { id: zstd, day: raw }, +backup: false }\n`,
    'models/a.sql':
      '{{config materialized="table" distkey="id" sortkey=(list "id" "day")}}select 1 as id, 2 as day',
    'models/m.yml':
      'models: [{ name: a, config: { encode: { id: az64 } }, columns: [{ name: id, data_type: bigint }, { name: day, data_type: date }] }]\n',
  });
  expect(nodeOf(manifest, 'model', 'a').config).toMatchObject({
    bind: true,
    onError: 'skip',
    storage: {
      dist: 'id',
      sort: ['id', 'day'],
      sortStyle: 'interleaved',
      encode: { id: 'az64', day: 'raw' },
      backup: false,
    },
  });
});

test('a target with grants: false makes none of the project’s grants', async () => {
  const files = (grants: string) => ({
    'project.yml': `name: shop\ntargets: { dev: { adapter: duckdb, path: w.duckdb, schema: analytics${grants} } }\nmodels: { +grants: { select: tableau } }\n`,
    'models/a.sql': 'select 1 as id',
  });
  const granted = async (grants: string) =>
    nodeOf((await parse(files(grants))).manifest, 'model', 'a').config.grants;
  expect(await granted('')).toEqual({ select: ['tableau'] });
  expect(await granted(', grants: true')).toEqual({ select: ['tableau'] });
  expect(await granted(', grants: false')).toEqual({});
});
