import { expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile-sql.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import type { ModelNode } from '../../src/manifest/node.ts';
import { fixtureCompilation, modelId } from './fixture-manifest.ts';

const recursive =
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3)\nselect i\nfrom n';

function codesOf(sql: string, config: Partial<ModelNode['config']>, dialect = redshiftDialect) {
  const { compilation, diagnostics } = fixtureCompilation({ models: { a: sql } });
  const node = compilation.manifest.nodes.get(modelId('a'));
  if (node?.resourceType !== 'model') throw new Error('no model');
  compileModel({ ...compilation, dialect }, { ...node, config: { ...node.config, ...config } });
  return diagnostics.map(({ code }) => code);
}

test('a view that is bound late cannot read a recursive query', () => {
  expect(codesOf(recursive, { materialized: 'view', bind: false })).toEqual(['CMP-012']);
});

test('a bound view can, and a table, and any view of an engine that binds at once', () => {
  expect(codesOf(recursive, { materialized: 'view', bind: true })).toEqual([]);
  expect(codesOf(recursive, { materialized: 'table', bind: false })).toEqual([]);
  expect(codesOf(recursive, { materialized: 'view', bind: false }, duckdbDialect)).toEqual([]);
});

test('a view that is bound late may have a column of that name', () => {
  expect(codesOf('select 1 as recursive', { materialized: 'view', bind: false })).toEqual([]);
});
