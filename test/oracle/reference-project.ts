import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunRequest, runProject } from '../../src/index.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';
import type { TestDatabase } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { recompute } from './oracle.ts';
import {
  type ColumnType,
  PUBLISHED,
  type PublishedRows,
  RELATION_NAMES,
  type RelationName,
} from './published-columns.ts';
import type { TextRow } from './text-row.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** What a build is made of: the size of its data, where the generator makes them, and the two vars that matter. */
export interface BuildOptions {
  /** Undefined: nothing is generated, the landing zone is as it is. */
  readonly generate?: {
    readonly seed: number;
    readonly days: number;
    readonly users: number;
    readonly asOf: string;
  };
  readonly asOf: string;
  readonly timezone: string;
  readonly dataTests?: boolean;
}

/** Where a copy of the reference project is built: on which of its targets, with what in the environment. */
export interface Place {
  readonly target: string;
  readonly env: (root: string) => NodeJS.ProcessEnv;
  readonly open: (root: string) => Promise<Warehouse>;
  /** What its copy of project.yml says otherwise. */
  readonly project?: (yml: string) => string;
  /** Where batches do not land in the folder `landing`: brings what is there to where they do, and back. */
  readonly landing?: { upload(root: string): Promise<void>; download(root: string): Promise<void> };
}

const EMBEDDED: Place = {
  target: 'dev',
  env: () => process.env,
  open: (root) => openDuckdb(join(root, 'warehouse/dev.duckdb')),
};

/** A database of a PostgreSQL server; the role that is granted to must be there. */
export function onPostgres(database: TestDatabase): Place {
  return {
    target: 'pg',
    env: (root) => {
      const { host, port, user, password, database: name } = settingsOf(database.url);
      return {
        ...process.env,
        ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: name },
        MODEL_LANDING: join(root, 'landing'),
      };
    },
    open: () => openPostgres(settingsOf(database.url), { threads: 1 }),
  };
}

/** A copy of the reference project in a folder of its own, to be removed by its user. */
export class ReferenceProject {
  readonly root = mkdtempSync(join(tmpdir(), 'model-reference-'));
  readonly landing = join(this.root, 'landing');
  readonly seeds = join(this.root, 'seeds');
  readonly #place: Place;

  constructor(place: Place = EMBEDDED) {
    this.#place = place;
    for (const path of ['project.yml', 'models', 'macros', 'seeds', 'test/data', 'test/unit']) {
      cpSync(join(REPOSITORY, path), join(this.root, path), { recursive: true });
    }
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.root, 'node_modules'));
    const file = join(this.root, 'project.yml');
    writeFileSync(file, place.project?.(readFileSync(file, 'utf8')) ?? readFileSync(file));
  }

  get target(): string {
    return this.#place.target;
  }

  /** The project with all that it has landed, built and published so far, in a folder of its own. */
  copy(): ReferenceProject {
    const copy = new ReferenceProject(this.#place);
    const isOwn = (path: string) => path !== join(this.root, 'node_modules');
    cpSync(this.root, copy.root, { recursive: true, filter: isOwn });
    return copy;
  }

  /** Generates, loads, builds and publishes, and gives the results of models and tests; throws with all that failed. */
  async build({ generate, asOf, timezone, dataTests = false }: BuildOptions): Promise<readonly RunResult[]> {
    const failures: string[] = [];
    const results: RunResult[] = [];
    const request: RunRequest = {
      projectDir: this.root,
      env: this.#place.env(this.root),
      target: this.#place.target,
      projectCode: true,
      variables: { as_of_date: asOf, timezone },
      command: 'build',
      generates: generate !== undefined,
      loads: true,
      builds: true,
      tests: dataTests,
      selection: { select: [], exclude: [] },
      failFast: false,
      fullRefresh: false,
      publish: 'passed',
      publishLive: false,
      adopt: new Set(),
      verifyReuse: false,
      samples: true,
      maxErrors: 0,
      waitSeconds: 0,
      seedOptions: generate ?? {},
      tell: (event) => {
        if (event.kind !== 'node-finished') return;
        results.push(event.result);
        const { name, status, diagnostic, message, sample } = event.result;
        if (!['fail', 'error', 'skipped'].includes(status)) return;
        failures.push(
          `${status} ${name} ${diagnostic?.message ?? message ?? JSON.stringify(sample?.rows, withBigints)}`,
        );
      },
      warn: () => undefined,
      signal: new AbortController().signal,
    };
    if (generate === undefined) await this.#place.landing?.upload(this.root);
    const { outcome } = await runProject(request);
    await this.#place.landing?.download(this.root);
    if (outcome !== 'success') throw new Error(`the build ended in ${outcome}\n${failures.join('\n')}`);
    return results;
  }

  /** All rows of all published relations, every cell as the warehouse writes it. */
  async published(): Promise<PublishedRows> {
    return this.query(async (session) => {
      const rows: Partial<Record<RelationName, readonly TextRow[]>> = {};
      for (const name of RELATION_NAMES) rows[name] = await publishedRows(session, name);
      return rows as PublishedRows;
    });
  }

  /** What the oracle says of the same landing zone. */
  foretold({ asOf, timezone }: Pick<BuildOptions, 'asOf' | 'timezone'>): PublishedRows {
    return recompute({ landing: this.landing, seeds: this.seeds, asOf, timezone });
  }

  /** Reads the warehouse. */
  async query<T>(read: (session: Session) => Promise<T>): Promise<T> {
    const warehouse = await this.#place.open(this.root);
    try {
      const session = await warehouse.open();
      return await read(session).finally(() => session.close());
    } finally {
      await warehouse.close();
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Counts come as bigints, which JSON has no word for. */
function withBigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

async function publishedRows(session: Session, name: RelationName): Promise<readonly TextRow[]> {
  const columns = Object.entries(PUBLISHED[name].columns).map(
    ([column, type]) => `${asText(column, type)} as ${column}`,
  );
  const { rows } = await session.query(`select ${columns.join(', ')}\nfrom analytics.${name}`);
  return rows as readonly TextRow[];
}

/** Redshift casts no boolean to a text. */
function asText(column: string, type: ColumnType): string {
  if (type !== 'boolean') return `cast(${column} as varchar)`;
  return `case when ${column} then 'true' when not ${column} then 'false' end`;
}
