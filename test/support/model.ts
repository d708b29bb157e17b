import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Diagnostic,
  type RunEvent,
  type RunRequest,
  type RunSummary,
  runProject,
} from '../../src/index.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Row, Warehouse } from '../../src/warehouse/warehouse.ts';
import { type Files, scratchProject } from './scratch-project.ts';

/** What a run came to, as a test looks at it. */
export interface Ran {
  readonly summary: RunSummary;
  /** How each node ended, by name; reused tests are `cached pass`. */
  readonly ended: Readonly<Record<string, string>>;
  /** Names of published nodes, sorted. */
  readonly published: readonly string[];
  /** Warnings as `RUN-004 message`. */
  readonly warnings: readonly string[];
  readonly events: readonly RunEvent[];
}

type Command = 'build' | 'run' | 'test';

export interface Flags extends Partial<Omit<RunRequest, 'selection'>> {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
}

/** A project on disk, and what a person does with it. */
export interface Model {
  readonly root: string;
  /** Path of its DuckDB file. */
  readonly database: string;
  build(flags?: Flags): Promise<Ran>;
  run(flags?: Flags): Promise<Ran>;
  test(flags?: Flags): Promise<Ran>;
  /** Writes files; `null` removes one. */
  write(files: Readonly<Record<string, string | null>>): void;
  /** Runs statements on the warehouse, and gives the rows of the last one. */
  sql(...statements: readonly string[]): Promise<readonly Row[]>;
}

export const SHOP_YML = `name: shop
target: dev
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics, threads: 2 }
models:
  +materialized: table
`;

/** Where a project's warehouse is. */
export interface ModelPlace {
  /** Without a project.yml of its own, a project has this one. */
  readonly projectYml: string;
  /** What the program sees of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly open: (root: string) => Promise<Warehouse>;
}

const EMBEDDED: ModelPlace = {
  projectYml: SHOP_YML,
  env: {},
  open: (root) => openDuckdb(databaseOf(root)),
};

/** A scratch project with one target; tables unless they say otherwise. */
export function modelProject(files: Files, place: ModelPlace = EMBEDDED): Model {
  const root = scratchProject({ 'project.yml': place.projectYml, ...files });
  const start = (command: Command) => (flags?: Flags) =>
    runModel(root, command, { env: place.env, ...flags });
  return {
    root,
    database: databaseOf(root),
    build: start('build'),
    run: start('run'),
    test: start('test'),
    write: (changes) => {
      for (const [path, text] of Object.entries(changes)) {
        if (text === null) rmSync(join(root, path));
        else {
          mkdirSync(dirname(join(root, path)), { recursive: true });
          writeFileSync(join(root, path), text);
        }
      }
    },
    sql: (...statements) => runSql(place.open(root), statements),
  };
}

function databaseOf(root: string): string {
  return join(root, 'dev.duckdb');
}

/** Runs a command of the library on a project, as the program does. */
async function runModel(projectDir: string, command: Command, flags: Flags = {}): Promise<Ran> {
  const { select = [], exclude = [], ...options } = flags;
  const warnings: Diagnostic[] = [];
  const events: RunEvent[] = [];
  const summary = await runProject({
    projectDir,
    env: {},
    projectCode: true,
    command,
    builds: command !== 'test',
    tests: command !== 'run',
    generates: command === 'build',
    loads: command === 'build',
    seedOptions: {},
    maxErrors: 0,
    failFast: false,
    fullRefresh: false,
    publish: 'passed',
    publishLive: false,
    adopt: new Set<string>(),
    verifyReuse: false,
    waitSeconds: 0,
    samples: false,
    warn: (diagnostic) => warnings.push(diagnostic),
    signal: new AbortController().signal,
    selection: { select, exclude, ...(command === 'run' && { resourceTypes: ['model', 'seed'] as const }) },
    ...options,
    tell: (event) => {
      events.push(event);
      options.tell?.(event);
    },
  });
  const ended = summary.results.map(({ name, status, cached }) => [
    name,
    cached ? `cached ${status}` : status,
  ]);
  return {
    summary,
    ended: Object.fromEntries(ended),
    published: [...summary.published].sort(),
    warnings: warnings.map(({ code, message }) => `${code} ${message}`),
    events,
  };
}

async function runSql(opening: Promise<Warehouse>, statements: readonly string[]): Promise<readonly Row[]> {
  const warehouse = await opening;
  try {
    const session = await warehouse.open();
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = (await session.query(statement)).rows;
    return rows;
  } finally {
    await warehouse.close();
  }
}
