import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunRequest, runProject } from '../../src/index.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { recompute } from './oracle.ts';
import { PUBLISHED, type PublishedRows, RELATION_NAMES, type RelationName } from './published-columns.ts';
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

/** A copy of the reference project in a folder of its own, to be removed by its user. */
export class ReferenceProject {
  readonly root = mkdtempSync(join(tmpdir(), 'model-reference-'));
  readonly landing = join(this.root, 'landing');
  readonly seeds = join(this.root, 'seeds');

  constructor() {
    for (const path of ['project.yml', 'models', 'macros', 'seeds', 'test/data']) {
      cpSync(join(REPOSITORY, path), join(this.root, path), { recursive: true });
    }
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Generates, loads, builds and publishes; throws with all that failed. */
  async build({ generate, asOf, timezone, dataTests = false }: BuildOptions): Promise<void> {
    const failures: string[] = [];
    const request: RunRequest = {
      projectDir: this.root,
      env: process.env,
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
        const { name, status, diagnostic, message, sample } = event.result;
        if (!['fail', 'error', 'skipped'].includes(status)) return;
        failures.push(`${status} ${name} ${diagnostic?.message ?? message ?? JSON.stringify(sample?.rows)}`);
      },
      warn: () => undefined,
      signal: new AbortController().signal,
    };
    const { outcome } = await runProject(request);
    if (outcome !== 'success') throw new Error(`the build ended in ${outcome}\n${failures.join('\n')}`);
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
    const warehouse = await openDuckdb(join(this.root, 'warehouse/dev.duckdb'));
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

async function publishedRows(session: Session, name: RelationName): Promise<readonly TextRow[]> {
  const columns = Object.keys(PUBLISHED[name].columns).map(
    (column) => `cast(${column} as varchar) as ${column}`,
  );
  const { rows } = await session.query(`select ${columns.join(', ')}\nfrom analytics.${name}`);
  return rows as readonly TextRow[];
}
