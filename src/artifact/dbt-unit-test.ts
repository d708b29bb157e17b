import type { Manifest } from '../manifest/manifest.ts';
import type { FixtureRows, UnitTestNode } from '../manifest/node.ts';
import { dbtConfig } from './dbt-config.ts';

/** A unit test under `unit_tests` of dbt's manifest; a common table and a clock, which dbt does not know, are in its config. */
export function dbtUnitTest(node: UnitTestNode, manifest: Manifest) {
  const { overrides } = node;
  const ofSelf = (uniqueId: string) => uniqueId === node.model;
  return {
    model: manifest.nodes.get(node.model)?.name ?? node.model,
    given: node.given.map(({ uniqueId, input, rows }) => ({
      input: ofSelf(uniqueId) ? 'this' : input,
      ...dbtRows(rows),
    })),
    expect: dbtRows(node.expect),
    name: node.name,
    resource_type: 'unit_test',
    package_name: manifest.project.name,
    path: node.path
      .split('/')
      .slice(-Math.max(1, node.fqn.length - 2))
      .join('/'),
    original_file_path: node.path,
    unique_id: node.uniqueId,
    fqn: node.fqn,
    description: node.description,
    overrides: {
      vars: overrides.variables,
      env_vars: overrides.environment,
      macros: overrides.macros,
    },
    depends_on: { macros: [], nodes: [node.model] },
    config: dbtConfig(node),
    schema: manifest.project.target.schema,
  };
}

function dbtRows(rows: FixtureRows) {
  return { rows: rows.kind === 'dict' ? rows.rows : rows.text, format: rows.kind, fixture: null };
}
