import { describe, expect, test } from 'vitest';
import { type CompiledFiles, compiledFiles } from '../../src/artifact/compiled-files.ts';
import { manifestJson } from '../../src/artifact/manifest-json.ts';
import { runResultsJson } from '../../src/artifact/run-results-json.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { buildDag, type Dag } from '../../src/manifest/dag.ts';
import type { Node } from '../../src/manifest/node.ts';
import { summarize } from '../../src/run/run-summary.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';
import {
  column,
  generatedSeed,
  genericTest,
  manifestOf,
  model,
  seed,
  singularTest,
  source,
} from '../support/manifest.ts';
import { after, RESULTS, resultOf, SUMMARY } from '../support/run.ts';
import { expectToFit, hasSchemas } from '../support/schema.ts';

const DAILY = {
  ...model('daily', ['raw.events', 'seed:countries'], {
    folder: 'marts',
    tags: ['nightly'],
    meta: { owner: 'ada' },
    raw: { materialized: 'table', sort: ['activity_date'], grants: { select: ['tableau'] } },
  }),
  description: 'One row a day.',
  columns: [
    column('dau', { description: 'Active users.', dataType: 'bigint' }),
    column('plan', { tags: ['pii'], meta: { from: 'crm' } }),
  ],
};

const NODES: readonly Node[] = [
  generatedSeed('events'),
  seed('countries'),
  source('raw.events'),
  source('crm.accounts', { landed: false }),
  DAILY,
  genericTest('unique', ['daily'], { columnName: 'activity_date' }),
  genericTest('relationships', ['daily'], {
    columnName: 'country',
    arguments: { to: 'seed.shop.countries', field: 'code' },
  }),
  singularTest('daily_adds_up', ['daily', 'raw.events']),
];

const INVOCATION = { id: 'run-1', startedAt: after(0), generatedAt: after(75), version: '0.1.0' };

function dagOf(nodes: readonly Node[]): Dag {
  const dag = buildDag(manifestOf(nodes), (diagnostic) => {
    throw new Error(diagnostic.message);
  });
  if (dag === undefined) throw new Error('no DAG');
  return dag;
}

function compiledDaily(dag: Dag): CompiledFiles {
  const sql = `select count(*) as dau\nfrom ${relationMarker('source.shop.raw.events')}`;
  const compiled = { node: DAILY, sql, map: { originAt: () => undefined }, reads: [], nondeterminism: [] };
  return compiledFiles([compiled], dag.manifest, duckdbDialect);
}

function manifestOfShop() {
  const dag = dagOf(NODES);
  return [...manifestJson(dag, compiledDaily(dag), duckdbDialect, INVOCATION)].join('');
}

describe('manifest.json', () => {
  test.skipIf(!hasSchemas)('fits the schema of dbt', () => {
    expectToFit('dbt/manifest-v12.json', manifestOfShop());
  });

  test.skipIf(!hasSchemas)('would not fit with a key that dbt does not know', () => {
    const manifest = JSON.parse(manifestOfShop());
    manifest.nodes['model.shop.daily'].colour = 'green';
    expect(() => expectToFit('dbt/manifest-v12.json', JSON.stringify(manifest))).toThrow();
  });

  test('describes a model with its SQL, columns, config and what it reads', () => {
    const manifest = JSON.parse(manifestOfShop());
    expect(manifest.nodes['model.shop.daily']).toEqual({
      database: null,
      name: 'daily',
      package_name: 'shop',
      path: 'marts/daily.sql',
      original_file_path: 'models/marts/daily.sql',
      unique_id: 'model.shop.daily',
      fqn: ['shop', 'marts', 'daily'],
      description: 'One row a day.',
      tags: ['nightly'],
      meta: { owner: 'ada' },
      config: {
        materialized: 'table',
        sort: ['activity_date'],
        grants: {},
        enabled: true,
        schema: null,
        alias: null,
        tags: ['nightly'],
        meta: { owner: 'ada' },
        publish: 'view',
      },
      language: 'sql',
      refs: [{ name: 'countries', package: null, version: null }],
      sources: [['raw', 'events']],
      depends_on: { macros: [], nodes: ['source.shop.raw.events', 'seed.shop.countries'] },
      compiled: true,
      compiled_path: 'target/compiled/shop/models/marts/daily.sql',
      compiled_code: 'select count(*) as dau\nfrom analytics__raw.events\n',
      resource_type: 'model',
      schema: 'analytics',
      alias: 'daily',
      checksum: { name: 'sha256', checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
      columns: {
        dau: { name: 'dau', description: 'Active users.', data_type: 'bigint', tags: [], meta: {} },
        plan: { name: 'plan', description: '', data_type: null, tags: ['pii'], meta: { from: 'crm' } },
      },
      raw_code: DAILY.source.text,
      relation_name: 'analytics.daily',
    });
  });

  test('describes a generic test with its arguments as dbt writes them', () => {
    const manifest = JSON.parse(manifestOfShop());
    expect(manifest.nodes['test.shop.relationships_daily_country.0123456789']).toMatchObject({
      resource_type: 'test',
      column_name: 'country',
      attached_node: 'model.shop.daily',
      file_key_name: 'models.daily',
      test_metadata: {
        name: 'relationships',
        kwargs: { column_name: 'country', model: "ref('daily')", to: "ref('countries')", field: 'code' },
      },
    });
  });

  test('every id in the maps is a node or a source, and the maps mirror each other', () => {
    const { nodes, sources, parent_map, child_map } = JSON.parse(manifestOfShop());
    const known = [...Object.keys(nodes), ...Object.keys(sources)].sort();
    expect(Object.keys(parent_map).sort()).toEqual(known);
    expect(Object.keys(child_map).sort()).toEqual(known);
    expect(parent_map['source.shop.raw.events']).toEqual(['generated_seed.shop.events']);
    for (const [child, parents] of Object.entries<string[]>(parent_map)) {
      for (const parent of parents) expect(child_map[parent]).toContain(child);
    }
  });

  test('does not depend on the order in which files were read', () => {
    const dag = dagOf([...NODES].reverse());
    expect([...manifestJson(dag, compiledDaily(dag), duckdbDialect, INVOCATION)].join('')).toBe(
      manifestOfShop(),
    );
  });
});

describe('run_results.json', () => {
  const json = () => {
    const dag = dagOf(NODES);
    return runResultsJson(SUMMARY, compiledDaily(dag), duckdbDialect, INVOCATION, {
      which: 'build',
      select: ['daily'],
    });
  };

  test.skipIf(!hasSchemas)('fits the schema of dbt', () => {
    expectToFit('dbt/run-results-v6.json', json());
  });

  test('tells how every node ended in the words of dbt', () => {
    const { results, elapsed_time, args } = JSON.parse(json());
    expect(elapsed_time).toBe(75);
    expect(args).toEqual({ which: 'build', select: ['daily'] });
    expect(
      results.map((result: { unique_id: string; status: string }) => [result.unique_id, result.status]),
    ).toEqual([
      ['generated_seed.shop.events', 'success'],
      ['source.shop.raw.events', 'success'],
      ['model.shop.daily', 'success'],
      ['seed.shop.countries', 'reused'],
      ['model.shop.weekly', 'error'],
      ['test.shop.unique_daily_activity_date', 'fail'],
      ['test.shop.not_null_daily_dau', 'pass'],
      ['test.shop.recency_daily', 'warn'],
      ['model.shop.monthly', 'skipped'],
      ['model.shop.arr', 'skipped'],
    ]);
    expect(results).toHaveLength(RESULTS.length);
  });

  test('says what was superseded, what failed and where, and what was sent', () => {
    const { results } = JSON.parse(json());
    const byId = (uniqueId: string) =>
      results.find((result: { unique_id: string }) => result.unique_id === uniqueId);
    expect(byId('model.shop.arr').message).toBe('run 9c published it meanwhile');
    expect(byId('model.shop.weekly').message).toBe(
      'SQL-001 models/weekly.sql:1:8 Column "dua" does not exist.',
    );
    expect(byId('test.shop.unique_daily_activity_date')).toMatchObject({ failures: 12, compiled: false });
    expect(byId('model.shop.daily')).toEqual({
      status: 'success',
      timing: [
        { name: 'execute', started_at: '2025-01-31T00:00:01.000Z', completed_at: '2025-01-31T00:00:01.420Z' },
      ],
      thread_id: 'Thread-1',
      execution_time: 0.42,
      adapter_response: { rows_affected: 365 },
      message: null,
      failures: null,
      unique_id: 'model.shop.daily',
      compiled: true,
      compiled_code: 'select count(*) as dau\nfrom analytics__raw.events\n',
      relation_name: 'analytics.daily',
    });
  });

  test('holds no row of data', () => {
    expect(json()).not.toContain('2025-01-01');
  });

  test('a cancelled node was skipped', () => {
    const results = [resultOf({ name: 'daily', status: 'cancelled' })];
    const summary = summarize({ ...SUMMARY, results, cancelled: true });
    const [result] = JSON.parse(runResultsJson(summary, new Map(), duckdbDialect, INVOCATION, {})).results;
    expect([result.status, result.message]).toEqual(['skipped', 'cancelled']);
  });
});
