import { type Compilation, startCompilation } from '../../src/compile/compilation.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { spanAt } from '../../src/diagnostic/span.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { MaterializationName, NodeConfig, TestConfig } from '../../src/manifest/config.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { DataTestNode, ModelNode, Node, SourceNode } from '../../src/manifest/node.ts';
import type { EnvironmentVariable, Project, YamlValue } from '../../src/project/project.ts';
import { helperFromFunction, type MacroFunction } from '../../src/template/macro-function.ts';

/** A model of a fixture: its text, or its text with what differs from a table without references. */
export type FixtureModel =
  | string
  | { readonly sql: string; readonly materialized?: MaterializationName; readonly reads?: readonly string[] };

export interface FixtureProject {
  /** DuckDB's, unless it is said. */
  readonly dialect?: Dialect;
  readonly models?: Readonly<Record<string, FixtureModel>>;
  /** Landed sources, all of them named `raw`. */
  readonly sources?: readonly string[];
  readonly tests?: readonly DataTestNode[];
  readonly variables?: Readonly<Record<string, YamlValue>>;
  readonly deterministicFunctions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Functions of TypeScript macro files. */
  readonly functions?: Readonly<Record<string, MacroFunction>>;
}

/** A manifest made by hand, as parsing would make it from such files. */
export function fixtureManifest(fixture: FixtureProject): Manifest {
  const models = Object.entries(fixture.models ?? {}).map(([name, model]) => modelNode(name, model));
  const sources = (fixture.sources ?? []).map(sourceNode);
  const functions = Object.entries(fixture.functions ?? {}).map(([name, run]) =>
    helperFromFunction(name, run, ''),
  );
  const nodes: readonly Node[] = [...sources, ...models, ...(fixture.tests ?? [])];
  return {
    project: fixtureProject(fixture),
    nodes: new Map(nodes.map((node) => [node.uniqueId, node])),
    disabled: [],
    macros: { macros: new Map(), helpers: new Map(functions.map((helper) => [helper.name, helper])) },
  };
}

/** A compilation of a fixture, and the diagnostics that it reports. */
export function fixtureCompilation(fixture: FixtureProject): {
  readonly compilation: Compilation;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  return {
    compilation: startCompilation(fixtureManifest(fixture), fixture.dialect ?? duckdbDialect, report),
    diagnostics,
  };
}

export const modelId = (name: string) => `model.shop.${name}`;
export const sourceId = (name: string) => `source.shop.raw.${name}`;

function modelNode(name: string, model: FixtureModel): ModelNode {
  const { sql, materialized = 'table', reads = [] } = typeof model === 'string' ? { sql: model } : model;
  const source = { path: `models/${name}.sql`, text: sql };
  return {
    ...baseNode(modelId(name), name, source.path),
    resourceType: 'model',
    source,
    span: spanAt(source, 0),
    config: nodeConfig(materialized),
    columns: [],
    references: reads.map((uniqueId) => ({ uniqueId, span: spanAt(source, 0) })),
    relation: { schema: 'analytics', name },
  };
}

function sourceNode(name: string): SourceNode {
  return {
    ...baseNode(sourceId(name), name, 'models/sources.yml'),
    resourceType: 'source',
    sourceName: 'raw',
    columns: [],
    relation: { schema: 'analytics__raw', name },
    landed: name,
    token: undefined,
    freshness: undefined,
  };
}

/** A generic test on the model `tested`, as it would stand in models/models.yml. */
export function genericTestNode(
  testName: string,
  options: {
    readonly column?: string;
    readonly arguments?: Readonly<Record<string, YamlValue>>;
    readonly config?: Partial<TestConfig>;
  },
): DataTestNode {
  return {
    ...baseNode(`test.shop.${testName}.1`, testName, 'models/models.yml'),
    resourceType: 'test',
    test: {
      kind: 'generic',
      testName,
      columnName: options.column,
      columnIsArgument: false,
      arguments: options.arguments ?? {},
      spanAt: () => spanAt({ path: 'models/models.yml', text: '' }, 0),
    },
    config: { ...TEST_CONFIG, ...options.config },
    references: [],
    attachedTo: modelId('tested'),
  };
}

export function singularTestNode(name: string, sql: string, config: Partial<TestConfig> = {}): DataTestNode {
  const source = { path: `test/data/${name}.sql`, text: sql };
  return {
    ...baseNode(`test.shop.${name}`, name, source.path),
    span: spanAt(source, 0),
    resourceType: 'test',
    test: { kind: 'singular', source },
    config: { ...TEST_CONFIG, ...config },
    references: [],
    attachedTo: undefined,
  };
}

const TEST_CONFIG: TestConfig = {
  severity: 'error',
  enabled: true,
  warnIf: '!= 0',
  errorIf: '!= 0',
  where: undefined,
  limit: undefined,
  failCalc: undefined,
  storeFailures: undefined,
  spans: {},
  raw: {},
};

function baseNode(uniqueId: string, name: string, path: string) {
  const span = spanAt({ path, text: `${name}\n` }, 0);
  return { uniqueId, name, path, fqn: ['shop', name], description: '', tags: [], meta: {}, span };
}

function nodeConfig(materialized: MaterializationName): NodeConfig {
  return {
    materialized,
    enabled: true,
    publish: 'view',
    schema: undefined,
    alias: undefined,
    storage: { sort: [] },
    bind: true,
    onError: 'skip',
    grants: {},
    columnTypes: {},
    delimiter: ',',
    raw: {},
  };
}

function fixtureProject(fixture: FixtureProject): Project {
  const variables = Object.entries(fixture.variables ?? {});
  return {
    name: 'shop',
    root: '/nowhere',
    projectFile: { path: 'project.yml', text: 'name: shop\n' },
    variables: new Map(variables.map(([name, value]) => [name, { value, perRun: false }])),
    target: {
      name: 'dev',
      adapter: 'duckdb',
      schema: 'analytics',
      threads: 1,
      landing: { address: '/nowhere/landing' },
      publishUntested: true,
      settings: {},
    },
    environment: 'default',
    baseEnvironment: undefined,
    environmentVariable: (name) => environmentVariable(fixture.environment ?? {}, name),
    folderConfigs: { models: NO_CONFIG, seeds: NO_CONFIG, data_tests: NO_CONFIG },
    deterministicFunctions: fixture.deterministicFunctions ?? [],
    folders: ['models', 'seeds', 'macros', 'tests'],
    retireAfterDays: undefined,
    files: [],
  };
}

const NO_CONFIG = { values: {}, folders: {} };

function environmentVariable(
  environment: Readonly<Record<string, string>>,
  name: string,
): EnvironmentVariable {
  if (name.includes('PASSWORD')) return { kind: 'secret' };
  const value = environment[name];
  return value === undefined ? { kind: 'missing' } : { kind: 'value', value };
}
