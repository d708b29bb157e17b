import type { SourceText } from '../../src/diagnostic/source-text.ts';
import { type Span, spanAt } from '../../src/diagnostic/span.ts';
import type { NodeConfig, TestConfig } from '../../src/manifest/config.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type {
  ColumnProperties,
  DataTestNode,
  GeneratedSeedNode,
  ModelNode,
  Node,
  Reference,
  SeedNode,
  SourceNode,
} from '../../src/manifest/node.ts';
import type { Project, YamlValue } from '../../src/project/project.ts';

/** A manifest of hand-made nodes, as parse would give it, in a project named `shop`. */
export function manifestOf(nodes: readonly Node[]): Manifest {
  return {
    project: shopProject(),
    nodes: new Map(nodes.map((node) => [node.uniqueId, node])),
    disabled: [],
    macros: { macros: new Map(), helpers: new Map() },
  };
}

function shopProject(): Project {
  return {
    name: 'shop',
    root: '/shop',
    projectFile: { path: 'project.yml', text: 'name: shop\n' },
    variables: new Map(),
    target: {
      name: 'dev',
      adapter: 'duckdb',
      schema: 'analytics',
      threads: 4,
      landing: { address: '/shop/landing' },
      path: '/shop/warehouse/dev.duckdb',
      publishUntested: true,
      settings: {},
    },
    environment: 'default',
    baseEnvironment: undefined,
    environmentVariable: () => ({ kind: 'missing' }),
    folderConfigs: {
      models: { values: {}, folders: {} },
      seeds: { values: {}, folders: {} },
      data_tests: { values: {}, folders: {} },
    },
    deterministicFunctions: [],
    folders: ['models', 'seeds', 'macros', 'tests'],
    retireAfterDays: undefined,
    files: [],
  };
}

/**
 * A model whose text refers to each of `reads` on a line of its own; a dot in one of them makes it a source.
 * `folder` is below `models/`, with `/` between segments.
 */
export function model(
  name: string,
  reads: readonly string[] = [],
  more: { folder?: string; tags?: readonly string[]; meta?: ModelNode['meta']; raw?: NodeConfig['raw'] } = {},
): ModelNode {
  const folders = (more.folder ?? '').split('/').filter((segment) => segment !== '');
  const path = ['models', ...folders, `${name}.sql`].join('/');
  const source: SourceText = {
    path,
    text: reads.map((read) => `-- {{ref "${read}"}}\n`).join('') || 'select 1\n',
  };
  return {
    resourceType: 'model',
    uniqueId: `model.shop.${name}`,
    name,
    path,
    fqn: ['shop', ...folders, name],
    description: '',
    tags: more.tags ?? [],
    meta: more.meta ?? {},
    span: spanAt(source, 0),
    source,
    config: nodeConfig(more.raw),
    columns: [],
    references: reads.map((read) => ({ uniqueId: uniqueIdOf(read), span: spanOf(source, `"${read}"`) })),
    relation: { schema: 'analytics', name },
  };
}

export function seed(name: string): SeedNode {
  const source = { path: `seeds/${name}.csv`, text: 'id\n1\n' };
  return {
    resourceType: 'seed',
    uniqueId: `seed.shop.${name}`,
    name,
    path: source.path,
    fqn: ['shop', name],
    description: '',
    tags: [],
    meta: {},
    span: spanAt(source, 0),
    source,
    sha256: 'e'.repeat(64),
    config: { ...nodeConfig(), materialized: 'seed' },
    columns: [],
    relation: { schema: 'analytics', name },
  };
}

export function generatedSeed(name: string): GeneratedSeedNode {
  const source = { path: `seeds/${name}.ts`, text: '' };
  return {
    resourceType: 'generated_seed',
    uniqueId: `generated_seed.shop.${name}`,
    name,
    path: source.path,
    fqn: ['shop', name],
    description: '',
    tags: [],
    meta: {},
    span: spanAt(source, 0),
    sha256: 'a'.repeat(64),
  };
}

/** A landed source, `raw.daily_dump`; with `landed: false` a foreign one. */
export function source(dotted: string, more: { landed?: boolean } = {}): SourceNode {
  const [sourceName = '', name = ''] = dotted.split('.');
  const file = {
    path: 'models/sources.yml',
    text: `sources:\n  - name: ${sourceName}\n    tables: [${name}]\n`,
  };
  return {
    resourceType: 'source',
    uniqueId: uniqueIdOf(dotted),
    name,
    sourceName,
    path: file.path,
    fqn: ['shop', sourceName, name],
    description: '',
    tags: [],
    meta: {},
    span: spanOf(file, name),
    columns: [],
    relation: { schema: 'analytics__raw', name },
    landed: more.landed === false ? undefined : name,
    token: undefined,
    freshness: undefined,
  };
}

/** A column as `columns` of a file declares it. */
export function column(name: string, more: Partial<Omit<ColumnProperties, 'name'>> = {}): ColumnProperties {
  const span = spanAt(
    { path: 'models/shop.yml', text: `columns: [{ name: ${name} }]\n` },
    18,
    18 + name.length,
  );
  return { name, description: '', dataType: undefined, tags: [], meta: {}, span, ...more };
}

/** A generic test of a column of the first of `reads`: `unique` makes `unique_daily_id`. */
export function genericTest(
  testName: string,
  reads: readonly string[],
  more: { columnName?: string; tags?: readonly string[]; arguments?: Record<string, YamlValue> } = {},
): DataTestNode {
  const [attachedTo = ''] = reads;
  const columnName = more.columnName ?? 'id';
  const name = `${testName}_${attachedTo.replace('.', '_')}_${columnName}`;
  const file = {
    path: 'models/shop.yml',
    text: `models:\n  - name: ${attachedTo}\n    tests: [${testName}]\n`,
  };
  return {
    resourceType: 'test',
    uniqueId: `test.shop.${name}.0123456789`,
    name,
    path: file.path,
    fqn: ['shop', name],
    description: '',
    tags: more.tags ?? [],
    meta: {},
    span: spanOf(file, testName),
    test: {
      kind: 'generic',
      testName,
      columnName,
      columnIsArgument: false,
      arguments: more.arguments ?? {},
      spanAt: () => spanOf(file, testName),
    },
    config: testConfig(),
    references: referencesTo(reads, file),
    attachedTo: uniqueIdOf(attachedTo),
  };
}

export function singularTest(name: string, reads: readonly string[]): DataTestNode {
  const source = { path: `test/data/${name}.sql`, text: 'select 1 where false\n' };
  return {
    resourceType: 'test',
    uniqueId: `test.shop.${name}`,
    name,
    path: source.path,
    fqn: ['shop', name],
    description: '',
    tags: [],
    meta: {},
    span: spanAt(source, 0),
    test: { kind: 'singular', source },
    config: testConfig(),
    references: referencesTo(reads, source),
    attachedTo: undefined,
  };
}

/** `daily` is a model, `raw.daily_dump` a source, `seed:countries` a static seed. */
function uniqueIdOf(name: string): string {
  if (name.startsWith('seed:')) return `seed.shop.${name.slice('seed:'.length)}`;
  return name.includes('.') ? `source.shop.${name}` : `model.shop.${name}`;
}

function referencesTo(names: readonly string[], source: SourceText): readonly Reference[] {
  return names.map((name) => ({ uniqueId: uniqueIdOf(name), span: spanAt(source, 0) }));
}

function spanOf(source: SourceText, text: string): Span {
  const start = source.text.indexOf(text);
  return spanAt(source, start, start + text.length);
}

function nodeConfig(raw: NodeConfig['raw'] = {}): NodeConfig {
  return {
    materialized: raw['materialized'] === 'table' ? 'table' : 'view',
    enabled: true,
    publish: 'view',
    schema: undefined,
    alias: undefined,
    storage: { sort: [] },
    bind: true,
    onError: raw['on_error'] === 'continue' ? 'continue' : 'skip',
    grants: {},
    columnTypes: {},
    delimiter: ',',
    raw: { materialized: 'view', enabled: true, publish: 'view', ...raw },
  };
}

function testConfig(): TestConfig {
  return {
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
}
