import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProject } from '../../src/project/load.ts';
import { load, oneLine, PROJECT_YML, scratchProject } from '../support/scratch-project.ts';

const FULL = `
name: shop
version: 2
model-paths: [models]
test-paths: [test/data]
vars:
  as_of_date: { default: "2025-12-31", per_run: true }
  timezone: UTC
target: dev
targets:
  dev:
    adapter: duckdb
    path: 'warehouse/{{env_var "DB" "dev"}}.duckdb'
    schema: analytics
    threads: '{{env_var "THREADS" "2"}}'
    landing: landing
    publish_untested: false
  prod:
    adapter: redshift
    schema: analytics
    host: '{{env_var "PROD_HOST"}}'
    password: '{{env_var "PROD_PASSWORD"}}'
deterministic_functions: [geo_hash]
retire_after: 30 days
models:
  +materialized: view
  shop:
    marts: { +materialized: table, tags: [mart] }
`;

test('a project is read with its target, vars, configs and files', async () => {
  const { project, diagnostics } = await load(
    {
      'project.yml': FULL,
      'models/marts/daily.sql': 'select 1\r\n',
      'models/marts/marts.yml': 'models: []',
      'seeds/countries.csv': '\uFEFFcode\r\nat\r\n',
      'seeds/dump.ts': 'export default {};',
      'seeds/_shared.ts': 'export {};',
      'macros/cents.sql': '',
      'test/data/nothing.sql': 'select 1',
      'models/README.md': 'passed over',
      'models/.hidden/x.sql': 'passed over',
    },
    { env: { DB: 'mine', PROD_HOST: 'x', HOME: '/home/me' }, variables: { as_of_date: '2025-06-30' } },
  );
  expect(diagnostics).toEqual([]);
  if (project === undefined) throw new Error('not loaded');
  expect(project.target).toEqual({
    name: 'dev',
    adapter: 'duckdb',
    schema: 'analytics',
    threads: 2,
    landing: { address: join(project.root, 'landing') },
    path: join(project.root, 'warehouse/mine.duckdb'),
    publishUntested: false,
    settings: {},
  });
  expect([...project.variables]).toEqual([
    ['as_of_date', { value: '2025-06-30', perRun: true }],
    ['timezone', { value: 'UTC', perRun: false }],
  ]);
  expect(project.files.map(({ kind, path, folders }) => [kind, path, folders])).toEqual([
    ['model', 'models/marts/daily.sql', ['marts']],
    ['properties', 'models/marts/marts.yml', ['marts']],
    ['static-seed', 'seeds/countries.csv', []],
    ['generated-seed', 'seeds/dump.ts', []],
    ['macro', 'macros/cents.sql', []],
    ['singular-test', 'test/data/nothing.sql', []],
  ]);
  expect(project.files.map((file) => file.source.text)).toEqual([
    'select 1\n',
    'models: []',
    'code\r\nat\r\n',
    '',
    '',
    'select 1',
  ]);
  expect(project.folderConfigs.models.folders['marts']?.values['materialized']?.value).toBe('table');
  expect(project.folderConfigs.models.folders['marts']?.values['tags']?.value).toEqual(['mart']);
  expect(project).toMatchObject({
    name: 'shop',
    environment: 'default',
    baseEnvironment: undefined,
    deterministicFunctions: ['geo_hash'],
    retireAfterDays: 30,
  });
  expect(project.environmentVariable('HOME')).toEqual({ kind: 'value', value: '/home/me' });
  expect(project.environmentVariable('NONE')).toEqual({ kind: 'missing' });
  expect(project.environmentVariable('PROD_HOST')).toEqual({ kind: 'secret' });
  expect(project.environmentVariable('GITHUB_TOKEN')).toEqual({ kind: 'secret' });
});

test('project.yml is found from a folder below it', async () => {
  const root = scratchProject({ 'models/marts/a.sql': 'select 1' });
  const project = await loadProject({ projectDir: join(root, 'models/marts'), env: {} }, () => {});
  expect(project?.root).toBe(root);
});

test('an environment other than the default reads the base environment', async () => {
  const { project } = await load({}, { environment: 'pr_42' });
  expect([project?.environment, project?.baseEnvironment]).toEqual(['pr_42', 'default']);
});

interface BadProject {
  readonly title: string;
  readonly yml: string;
  readonly options?: Parameters<typeof load>[1];
  readonly files?: Parameters<typeof load>[0];
  readonly expected: readonly string[];
}

const target = 'targets: { dev: { adapter: duckdb, path: x.db, schema: a } }';

const BAD: readonly BadProject[] = [
  {
    title: 'an unknown key is shown with the one that was meant',
    yml: `name: shop\nmodel_path: [x]\n${target}`,
    expected: ['YML-004 project.yml:2:1 Unknown key "model_path". | Did you mean "model_paths"?'],
  },
  {
    title: 'several mistakes are told at once',
    yml: `name: 5\n${target}\nretire_after: soon\nmacro-path: [x]`,
    expected: [
      'YML-005 project.yml:1:7 "name" must be a text, not the number 5.',
      'YML-005 project.yml:3:15 "retire_after" must read like "30 days".',
      'YML-004 project.yml:4:1 Unknown key "macro-path". | Did you mean "macro_paths"?',
    ],
  },
  {
    title: 'a missing key is missing from where it belongs',
    yml: 'name: shop\ntargets:\n  dev:\n    adapter: duckdb\n    path: x.db',
    expected: ['YML-006 project.yml:3:3 "schema" is missing here. | Add "schema: …".'],
  },
  {
    title: 'broken YAML',
    yml: 'name: shop\n  vars: [1\n',
    expected: [
      'YML-001 project.yml:1:7 This is not YAML: nested mappings are not allowed in compact mappings. | Look at the quotes, brackets and indentation just before this place.',
    ],
  },
  {
    title: 'a duplicate key',
    yml: `name: shop\nname: shop\n${target}`,
    expected: ['YML-002 project.yml:2:1 The key "name" stands here twice. | Keep one of the two.'],
  },
  {
    title: 'a target that does not exist',
    yml: `name: shop\n${target}`,
    options: { target: 'prod' },
    expected: ['PRJ-005 project.yml:2:12 There is no target "prod". | Known targets: dev.'],
  },
  {
    title: 'two targets and no default',
    yml: 'name: shop\ntargets:\n  a: { adapter: duckdb, path: x.db, schema: a }\n  b: { adapter: duckdb, path: x.db, schema: a }',
    expected: [
      'PRJ-006 project.yml:3:3 The project does not say which target is meant. | Add "target: a" to project.yml, or choose one with --target.',
    ],
  },
  {
    title: 'an unknown adapter',
    yml: 'name: shop\ntargets: { dev: { adapter: duckbd, path: x.db, schema: a } }',
    expected: ['PRJ-007 project.yml:2:28 There is no adapter "duckbd". | Did you mean "duckdb"?'],
  },
  {
    title: 'an unknown setting of a target',
    yml: 'name: shop\ntargets: { dev: { adapter: duckdb, path: x.db, schema: a, thread: 4 } }',
    expected: ['YML-004 project.yml:2:59 Unknown key "thread". | Did you mean "threads"?'],
  },
  {
    title: 'a literal password, even in a target that is not used',
    yml: `name: shop\ntarget: dev\ntargets:\n  dev: { adapter: duckdb, path: x.db, schema: a }\n  prod: { adapter: redshift, schema: a, password: hunter2 }`,
    expected: [
      `PRJ-008 project.yml:5:51 "password" is written out in project.yml. | Secrets come from the environment only: '{{env_var "PASSWORD"}}'.`,
    ],
  },
  {
    title: 'a missing environment variable of the chosen target',
    yml: `name: shop\ntargets: { dev: { adapter: duckdb, path: '{{env_var "DB"}}', schema: a } }`,
    expected: [
      'PRJ-009 project.yml:2:42 The environment variable DB is not set; target "dev" needs it. | Set it, or give a default: {{env_var "DB" "…"}}.',
    ],
  },
  {
    title: 'a helper other than env_var in a target',
    yml: `name: shop\ntargets: { dev: { adapter: duckdb, path: '{{var "DB"}}.db', schema: a } }`,
    expected: [
      'PRJ-010 project.yml:2:42 A target may only call env_var, with its name and maybe a default in quotes. | Write {{env_var "NAME"}} or {{env_var "NAME" "default"}}.',
    ],
  },
  {
    title: 'an undeclared var on the command line',
    yml: `name: shop\nvars: { as_of_date: "2025-01-01" }\n${target}`,
    options: { variables: { as_of_dat: '2025-02-01' } },
    expected: [
      'PRJ-011 - --vars sets "as_of_dat", which project.yml does not declare. | Did you mean "as_of_date"?',
    ],
  },
  {
    title: 'an unknown key in the declaration of a var',
    yml: `name: shop\nvars: { day: { default: 1, perrun: true } }\n${target}`,
    expected: [
      'PRJ-018 project.yml:2:28 The declaration of var "day" has an unknown key "perrun". | Did you mean "per_run"?',
    ],
  },
  {
    title: 'an environment that would be published in the store',
    yml: `name: shop\n${target}`,
    options: { environment: 'store' },
    expected: [
      'PRJ-012 - "store" cannot name an environment. | Use lower-case letters, digits and single underscores, beginning with a letter; "store", "raw" and "failures" are taken.',
    ],
  },
  {
    title: 'a schema with the mark that parts schema and environment',
    yml: 'name: shop\ntargets: { dev: { adapter: duckdb, path: x.db, schema: a__b } }',
    expected: [
      'PRJ-013 project.yml:2:56 "a__b" cannot name a schema. | Use lower-case letters, digits and single underscores, beginning with a letter; "__" parts schema and environment.',
    ],
  },
  {
    title: 'a warehouse in memory',
    yml: 'name: shop\ntargets: { dev: { adapter: duckdb, path: ":memory:", schema: a } }',
    expected: [
      'PRJ-014 project.yml:2:42 ":memory:" is no file; versions must outlive the command that builds them. | Write path: warehouse/dev.duckdb.',
    ],
  },
  {
    title: 'a schema that is named as the database file, which DuckDB could not tell apart',
    yml: 'name: shop\ntargets: { dev: { adapter: duckdb, path: out/Sales.v2.duckdb, schema: sales } }',
    expected: [
      'PRJ-031 project.yml:2:71 DuckDB names a database after its file, out/Sales.v2.duckdb, so "sales" would mean both the database and the schema. | Give the schema or the file another name.',
    ],
  },
  {
    title: 'a folder outside the project',
    yml: `name: shop\nmodel-paths: [../elsewhere]\n${target}`,
    expected: [
      'PRJ-004 project.yml:2:15 ../elsewhere leads out of the project folder. | Copy what is needed into the project: it must be whole on every machine.',
    ],
  },
  {
    title: 'one folder for two kinds of file',
    yml: `name: shop\nseed_paths: [models]\n${target}`,
    files: { 'models/a.sql': 'select 1' },
    expected: [
      'PRJ-017 project.yml:2:14 "models" stands in models and in seeds. | Give each kind of file a folder of its own.',
    ],
  },
  {
    title: 'a file that is not UTF-8',
    yml: PROJECT_YML,
    files: { 'models/a.sql': Buffer.from([0x73, 0x65, 0x0a, 0xc3, 0xa4, 0x20, 0xe4, 0x78]) },
    expected: ['PRJ-003 models/a.sql:2:3 This file is not UTF-8: byte 6 is 0xE4. | Save it as UTF-8.'],
  },
];

test.each(BAD)('$title', async ({ yml, options, files, expected }) => {
  const { diagnostics } = await load({ ...files, 'project.yml': yml }, options);
  expect(diagnostics.map(oneLine)).toEqual(expected);
});

test('no project is told with the way to one', async () => {
  const { diagnostics } = await load({ 'project.yml': PROJECT_YML }, { projectDir: '/' });
  expect(diagnostics.map((found) => found.code)).toEqual(['PRJ-001']);
});

test('a link out of the project is refused, one inside it is followed', async () => {
  const outside = scratchProject({ 'secret.sql': 'select 1' });
  const root = scratchProject({ 'models/a.sql': 'select 1', 'shared/b.sql': 'select 2' });
  symlinkSync(join(outside, 'secret.sql'), join(root, 'models/stolen.sql'));
  symlinkSync(join(root, 'shared'), join(root, 'models/shared'));
  symlinkSync(join(root, 'models'), join(root, 'shared/loop'));
  const found: string[] = [];
  const project = await loadProject({ projectDir: root, env: {} }, (diagnostic) =>
    found.push(oneLine(diagnostic)),
  );
  expect(found.some((line) => line.startsWith('PRJ-004 - models/stolen.sql leads out of the project'))).toBe(
    true,
  );
  expect(project?.files.map((file) => file.path)).toContain('models/shared/b.sql');
  expect(project?.files.map((file) => file.path)).not.toContain('models/stolen.sql');
});
