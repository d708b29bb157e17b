import { describe, expect, test } from 'vitest';
import { manifestJson } from '../../src/artifact/manifest-json.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { buildDag } from '../../src/manifest/dag.ts';
import { expectToFit, hasSchemas } from '../support/schema.ts';
import { PROJECT_YML, parse } from '../support/scratch-project.ts';

const FILES = {
  'project.yml': `${PROJECT_YML}vars: { n: 1 }\n`,
  'models/a.sql': 'select 1 as x',
  'models/b.sql': 'select x from {{ref "a"}}',
  'models/units.yml': `unit_tests:
  - name: doubles
    description: Twice as much.
    model: b
    cte: twice
    given:
      - { input: ref('a'), rows: [{ x: 1 }, { x: null }] }
      - { input: self, rows: "x\\n1\\n" }
    expect: { rows: select 2 as x, format: sql }
    overrides: { vars: { n: 2 }, env_vars: { REGION: eu }, macros: { is_incremental: true }, now: 2025-01-31 }
    config: { tags: [quick], meta: { owner: ada } }
`,
};

async function manifestOfFiles(): Promise<string> {
  const { manifest, diagnostics } = await parse(FILES);
  expect(diagnostics).toEqual([]);
  const dag = buildDag(manifest, () => undefined);
  if (dag === undefined) throw new Error('no DAG');
  const at = new Date(0);
  const invocation = { id: 'run-1', startedAt: at, generatedAt: at, version: '0.1.0' };
  return [...manifestJson(dag, new Map(), duckdbDialect, invocation)].join('');
}

describe('unit tests in manifest.json', () => {
  test('stand under unit_tests, with what dbt does not know in their config', async () => {
    const { unit_tests, nodes, parent_map } = JSON.parse(await manifestOfFiles());
    expect(unit_tests['unit_test.shop.b.doubles']).toMatchObject({
      model: 'b',
      fqn: ['shop', 'b', 'doubles'],
      original_file_path: 'models/units.yml',
      depends_on: { nodes: ['model.shop.b'] },
      given: [
        { input: "ref('a')", format: 'dict', rows: [{ x: 1 }, { x: null }] },
        { input: 'this', format: 'csv' },
      ],
      expect: { format: 'sql', rows: 'select 2 as x' },
      overrides: { vars: { n: 2 }, env_vars: { REGION: 'eu' }, macros: { is_incremental: true } },
      config: { enabled: true, tags: ['quick'], meta: { owner: 'ada' }, cte: 'twice', now: '2025-01-31' },
    });
    expect(Object.keys(nodes)).toEqual(['model.shop.a', 'model.shop.b']);
    expect(parent_map['unit_test.shop.b.doubles']).toEqual(['model.shop.b']);
  });

  test.skipIf(!hasSchemas)('fit the schema of dbt', async () => {
    expectToFit('dbt/manifest-v12.json', await manifestOfFiles());
  });
});
