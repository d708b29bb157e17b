import { describe, expect, test } from 'vitest';
import { bindCompiled } from '../../src/compile/bound-sql.ts';
import { compileDataTest, compileDataTests } from '../../src/data-test/compile-data-test.ts';
import { countQuery, sampleQuery } from '../../src/data-test/test-statement.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { DataTestNode } from '../../src/manifest/node.ts';
import { testKey } from '../../src/store/version-key.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import {
  type FixtureProject,
  fixtureCompilation,
  genericTestNode,
  modelId,
  singularTestNode,
} from '../compile/fixture-manifest.ts';

const MODELS = { tested: 'select 1 as id' };

function compileOne(node: DataTestNode, fixture: FixtureProject = {}) {
  const { compilation, diagnostics } = fixtureCompilation({ models: MODELS, ...fixture, tests: [node] });
  const compiled = compileDataTest(compilation, node);
  const sql = compiled && bindCompiled(compiled, (uniqueId) => uniqueId.replace(/^.*\./, 's.')).sql;
  return { compiled, sql, diagnostics };
}

test('a singular test is its own SQL', () => {
  const node = singularTestNode('no_orphans', 'select *\nfrom {{ref "tested"}}\nwhere id is null;\n');
  const { compiled, sql } = compileOne(node);
  expect(sql).toBe('select *\nfrom s.tested\nwhere id is null');
  expect(compiled?.reads).toEqual([modelId('tested')]);
  expect(compiled?.node).toBe(node);
});

test('where filters the tested relation', () => {
  const node = genericTestNode('not_null', { column: 'id', config: { where: "plan = 'pro' -- only these" } });
  expect(compileOne(node).sql).toBe(`\
select *
from (
  select *
  from s.tested
  where plan = 'pro' -- only these
) as tested
where id is null`);
});

test('template tags in arguments and in where are evaluated', () => {
  const node = genericTestNode('accepted_range', {
    column: 'd',
    arguments: { max_value: '{{date (var "as_of_date")}}' },
    config: { where: 'n > {{var "least"}}' },
  });
  const { sql, diagnostics } = compileOne(node, { variables: { as_of_date: '2025-12-31', least: 3 } });
  expect(diagnostics).toEqual([]);
  expect(sql).toContain("where d > date '2025-12-31'");
  expect(sql).toContain('where n > 3');
});

test('a column named by an argument may be an expression; one from a list of columns is a name', () => {
  const listed = genericTestNode('not_null', { column: 'e.mail' });
  expect(compileOne(listed).sql).toContain('where "e.mail" is null');
  const quoted = genericTestNode('not_null', { column: '"or""der"' });
  expect(compileOne(quoted).sql).toContain('where "or""der" is null');
  const test = { ...listed.test, columnIsArgument: true, columnName: "a || '-' || b" };
  expect(compileOne({ ...listed, test }).sql).toContain("where a || '-' || b is null");
});

test('a relation cannot be smuggled into a text by the characters that fence markers', () => {
  const expression = `id in (select id from ${relationMarker(modelId('other'))})`;
  const { diagnostics } = compileOne(genericTestNode('expression_is_true', { arguments: { expression } }));
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('private-use')]);
});

test('a test on an ephemeral model holds the model', () => {
  const node = genericTestNode('not_null', { column: 'id' });
  const { sql } = compileOne(node, {
    models: { tested: { sql: 'select 1 as id', materialized: 'ephemeral' } },
  });
  expect(sql).toBe(
    'with __model__cte__tested as (\nselect 1 as id\n)\nselect *\nfrom __model__cte__tested\nwhere id is null',
  );
});

test('all of a generic test comes from its entry in YAML', () => {
  const { compiled } = compileOne(genericTestNode('unique', { column: 'id' }));
  const places = [0, 10, 40].map((offset) => compiled?.map.originAt(offset)?.span);
  expect(places.map((span) => span && formatPlace(span))).toEqual(Array(3).fill('models/models.yml:1:1'));
});

describe('a mistake is told at the entry:', () => {
  test.each([
    ['accepted_range', { column: 'a', arguments: {} }, 'TST-001', 'needs min_value, max_value or both'],
    ['recency', { arguments: { datepart: 'day', interval: 1 } }, 'TST-002', 'needs a field'],
    ['accepted_values', { column: 'a', arguments: { values: 'x' } }, 'TST-001', 'Argument "values"'],
    ['expression_is_true', { arguments: { expression: '{{var "nope"}} > 1' } }, undefined, '"nope"'],
    ['not_null', { column: 'a', config: { where: '{{#if}}' } }, undefined, ''],
    ['not_null', { column: 'a', config: { where: 'id in (select id from orders)' } }, 'CMP-005', '"orders"'],
    ['not_null', { column: 'a', config: { errorIf: 'many' } }, 'TST-003', 'error_if'],
    [
      'expression_is_true',
      { arguments: { expression: 'a = 1); drop table x; --' } },
      'CMP-002',
      'second statement',
    ],
  ])('%s %j', (name, declared, code, message) => {
    const { compiled, diagnostics } = compileOne(genericTestNode(name, declared));
    expect(compiled).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.span && formatPlace(diagnostics[0].span)).toBe('models/models.yml:1:1');
    if (code !== undefined) expect(diagnostics[0]?.code).toBe(code);
  });
});

test('a test that asks the clock is a warning, for its result cannot be kept', () => {
  const node = genericTestNode('expression_is_true', { arguments: { expression: 'd <= current_date' } });
  const { compiled, diagnostics } = compileOne(node);
  expect(diagnostics).toMatchObject([{ code: 'CMP-009', severity: 'warning' }]);
  expect(compiled?.nondeterminism).toEqual(['current_date']);
});

test('tests with mistakes are left out of those of a manifest', () => {
  const bad = { ...genericTestNode('accepted_range', { column: 'a' }), uniqueId: 'test.shop.bad' };
  const good = genericTestNode('unique', { column: 'id' });
  const { compilation } = fixtureCompilation({ models: MODELS, tests: [bad, good] });
  expect([...compileDataTests(compilation).keys()]).toEqual([good.uniqueId]);
  expect(compileDataTests(compilation, new Set([bad.uniqueId])).size).toBe(0);
});

describe('the failures of a test', () => {
  const failing = '-- three\nselect 1 as id, 2 as id from range(3) -- rows';

  test('are counted, up to the limit, and sampled', async () => {
    const warehouse = await openDuckdb(':memory:');
    const session = await warehouse.open();
    const count = async (limit?: number) =>
      (await session.query(countQuery(failing, { limit }).sql)).rows[0]?.['failures'];
    expect(Number(await count())).toBe(3);
    expect(Number(await count(2))).toBe(2);
    expect((await session.query(sampleQuery(failing, 2).sql)).rows).toHaveLength(2);
    await warehouse.close();
  });

  test('keep their place in the statements around them', () => {
    for (const { sql, prefixLength } of [
      countQuery(failing),
      countQuery(failing, { limit: 5 }),
      sampleQuery(failing, 5),
    ]) {
      expect(sql.slice(prefixLength, prefixLength + failing.length)).toBe(failing);
    }
  });

  test('are asked for as a person would type it', () => {
    expect(countQuery('select 1', { limit: 5 }).sql).toBe(`\
select count(*) as failures
from (
select *
from (
select 1
) as failing
limit 5
) as counted`);
  });
});

describe('a test of the catalog', () => {
  const node = genericTestNode('column_exists', { column: 'id' });

  test('reads the relation whose columns it asks for', () => {
    const { compiled, sql, diagnostics } = compileOne(node);
    expect(diagnostics).toEqual([]);
    expect(compiled?.reads).toEqual([modelId('tested')]);
    expect(sql).toContain('from (describe s.tested)');
  });

  test('is refused for an ephemeral model', () => {
    const { compiled, diagnostics } = compileOne(node, {
      models: { tested: { sql: 'select 1 as id', materialized: 'ephemeral' } },
    });
    expect(compiled).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'TST-002', hint: 'Make it a view.' }]);
  });

  test('is judged anew on another version', () => {
    const { compiled } = compileOne(node);
    const key = (version: string) =>
      testKey({
        body: { kind: 'sql', sql: compiled?.sql ?? '', upstream: () => version },
        config: {},
        engine: { dialect: duckdbDialect, version: '1' },
      });
    expect(key('one')).toBe(key('one'));
    expect(key('one')).not.toBe(key('two'));
  });
});
