import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';

/** Relations that the project publishes; each says in `edition` which run it is of. */
export const PUBLISHED = ['kinds', 'events', 'totals', 'shown', 'copied'];

/** Generated events by day, landed and modelled in every way in which relations are published. */
const FILES: Readonly<Record<string, string>> = {
  'project.yml': `name: shop
target: dev
vars: { edition: 1 }
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics, threads: 2, landing: landing }
models: { +materialized: table }
`,
  'seeds/events.ts': `import { dayNumber, defineSeed, isoDay } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'date', kind: 'varchar', amount: 'integer' },
  partition: { column: 'day' },
  partitions: ({ firstDay, days }) => Array.from({ length: days }, (_, i) => isoDay(dayNumber(firstDay) + i)),
  *rows(day, context) {
    const random = context.random('events', day);
    for (let i = 0; i < context.users; i++)
      yield [dayNumber(day) * 100000 + i, day, 'kind ' + (i % 3), Math.floor(random.next() * 1000)];
  },
});
`,
  'seeds/kind_names.csv': 'kind,label\nkind 0,Zero\nkind 1,One\nkind 2,Two\n',
  'models/sources.yml': `sources:
  - name: raw
    tables:
      - name: events
        columns: [{ name: id, data_type: integer, tests: [not_null, unique] }, { name: day, data_type: date }, { name: kind, data_type: varchar }, { name: amount, data_type: integer }]
models:
  - name: totals
    columns: [{ name: kind, tests: [not_null, unique] }]
`,
  'models/kinds.sql': 'select kind, label, {{var "edition"}} as edition from {{ref "kind_names"}}\n',
  'models/events.sql':
    'select id, day, kind, amount, {{var "edition"}} as edition from {{source "raw" "events"}}\n',
  'models/totals.sql': `select e.kind, k.label, sum(e.amount) as amount, count(*) as events, max(e.edition) as edition
from {{ref "events"}} as e join {{ref "kinds"}} as k on k.kind = e.kind group by 1, 2
`,
  'models/shown.sql': '{{config materialized="view"}} select * from {{ref "totals"}}\n',
  'models/copied.sql':
    '{{config publish="table"}} select day, count(*) as events, max(edition) as edition from {{ref "events"}} group by 1\n',
};

/** Projects of one test file, which are removed together. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'model-killed-'));
  #projects = 0;

  /** A project that nobody has worked with yet. */
  project(): string {
    const root = this.#next();
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  /** A copy of a project as it is now, with landing zone and warehouse. */
  copyOf(root: string): string {
    const copy = this.#next();
    cpSync(root, copy, { recursive: true });
    return copy;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #next(): string {
    return join(this.#folder, `project-${this.#projects++}`);
  }
}

/** What people see of a project: the rows of every published relation, and of the landed table, by their hash. */
export async function seenIn(root: string): Promise<Readonly<Record<string, readonly Row[]>>> {
  const warehouse = await openDuckdb(join(root, 'dev.duckdb'));
  try {
    const session = await warehouse.open();
    const { rows } = await session.query(
      "select schema_name || '.' || table_name as name from duckdb_tables() where schema_name in ('analytics', 'analytics__raw') union all select 'analytics.' || view_name from duckdb_views() where schema_name = 'analytics' order by 1",
    );
    const seen: Record<string, readonly Row[]> = {};
    for (const { name } of rows) {
      const relation = await session.query(
        `select count(*) as n, cast(sum(hash(t)) as varchar) as content from ${name} as t`,
      );
      seen[String(name)] = relation.rows;
    }
    return seen;
  } finally {
    await warehouse.close();
  }
}

/** The editions that the published relations show, and how many of them there are; one each, if no state is half. */
export async function editionsIn(
  root: string,
): Promise<{ readonly editions: unknown; readonly relations: number }> {
  const warehouse = await openDuckdb(join(root, 'dev.duckdb'));
  try {
    const session = await warehouse.open();
    const { rows } = await session.query(
      "select view_name as name from duckdb_views() where schema_name = 'analytics' union all select table_name from duckdb_tables() where schema_name = 'analytics'",
    );
    const published = rows.map(({ name }) => String(name)).filter((name) => PUBLISHED.includes(name));
    if (published.length === 0) return { editions: 'none', relations: 0 };
    const editions = await session.query(
      published.map((name) => `select distinct edition from analytics.${name}`).join(' union '),
    );
    return { editions: editions.rows.map(({ edition }) => edition), relations: published.length };
  } finally {
    await warehouse.close();
  }
}
