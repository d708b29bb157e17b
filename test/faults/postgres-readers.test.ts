import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { prepareTable } from '../../src/store/prepare-table.ts';
import { publish } from '../../src/store/publish.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import { build, entryFor, neverWarns, type OpenStore, planOf, storeOn, wanted } from '../store/open-store.ts';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { clearDatabase } from '../support/postgres/model-place.ts';
import { settingsOf } from '../support/postgres/open-database.ts';

const PUBLISHES = process.env['MODEL_TEST_SIZE'] === 'full' ? 100 : 10;
const VIEWS = ['v1', 'v2', 'v3'];
const TABLES = ['t1', 't2'];
const ALL = [...VIEWS, ...TABLES];
const ROWS = 100;

/** Longer than a publish holds its locks, on a busy machine too; far less than a build takes. */
const LONGEST_WAIT_MS = 1000;

describePostgres('Readers of published relations on PostgreSQL', (database) => {
  beforeEach(() => clearDatabase(database));

  it('see one run in all of them, without an error, at every moment of many publishes', async () => {
    await using store = await storeOn(await openPostgres(settingsOf(database.url), { threads: 4 }));
    await publishRound(store, 0);
    const publishing = new AbortController();
    const readers = [
      ['read committed', inOneStatement],
      ['read committed', oneByOne],
      ['repeatable read', inOneStatement],
      ['repeatable read', oneByOne],
    ] as const;
    const reading = readers.map(([isolation, read]) =>
      readWhile(database, isolation, read, publishing.signal).catch((error: unknown) => {
        publishing.abort();
        throw error;
      }),
    );
    for (let round = 1; round <= PUBLISHES && !publishing.signal.aborted; round++)
      await publishRound(store, round);
    publishing.abort();
    for (const { mixed, reads, longest } of await Promise.all(reading)) {
      expect(mixed).toEqual([]);
      expect(reads).toBeGreaterThan(PUBLISHES);
      expect(longest).toBeLessThan(LONGEST_WAIT_MS);
    }
  }, 600_000);

  it('whose snapshot is older than the build see relations without rows, until their transaction ends', async () => {
    await using store = await storeOn(await openPostgres(settingsOf(database.url), { threads: 4 }));
    await publishRound(store, 0);
    const reader = await connected(database);
    try {
      await reader.query('begin isolation level repeatable read');
      await reader.query('select 1 from analytics__store._run');
      await publishRound(store, 1);
      expect(await oneByOne(reader)).toEqual(ALL.map(() => 'no rows'));
      await reader.query('commit');
      await reader.query('begin isolation level repeatable read');
      expect(await oneByOne(reader)).toEqual(ALL.map(() => '1'));
      await reader.query('commit');
    } finally {
      await reader.end();
    }
  });

  it('who hold a relation are not disturbed: a publish waits for them, and they for nobody', async () => {
    await using store = await storeOn(await openPostgres(settingsOf(database.url), { threads: 4 }));
    await publishRound(store, 0);
    const holder = await connected(database);
    const passer = await connected(database);
    try {
      await holder.query('begin');
      await holder.query('select * from analytics.v2');
      const published = publishRound(store, 1);
      const waits: number[] = [];
      for (let read = 0; read < 40; read++) {
        const start = performance.now();
        expect(new Set(await inOneStatement(passer)).size).toBe(1);
        waits.push(performance.now() - start);
        await sleep(10);
      }
      expect(await oneByOne(holder)).toEqual(ALL.map(() => '0'));
      await holder.query('commit');
      await published;
      expect(Math.max(...waits)).toBeLessThan(LONGEST_WAIT_MS);
      expect(await inOneStatement(passer)).toEqual(['1']);
    } finally {
      await holder.end();
      await passer.end();
    }
  });
});

/** The runs that a reader sees, `no rows` for a relation without any. */
type Read = (reader: Client) => Promise<readonly string[]>;

const seen = (name: string) =>
  `select case count(*) when 0 then 'no rows' when ${ROWS} then min(run)::text else 'some rows' end as run from analytics.${name}`;

const inOneStatement: Read = async (reader) => runsOf(reader, ALL.map(seen).join('\nunion\n'));

const oneByOne: Read = async (reader) => {
  const runs: string[] = [];
  for (const name of ALL) runs.push(...(await runsOf(reader, seen(name))));
  return runs;
};

async function runsOf(reader: Client, sql: string): Promise<readonly string[]> {
  const { rows } = await reader.query<{ run: string }>(sql);
  return rows.map(({ run }) => run);
}

async function connected({ url }: TestDatabase): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

interface Reading {
  readonly reads: number;
  /** What was seen in transactions that did not see one run. */
  readonly mixed: readonly (readonly string[])[];
  /** The longest transaction, in milliseconds. */
  readonly longest: number;
}

async function readWhile(
  database: TestDatabase,
  isolation: string,
  read: Read,
  publishing: AbortSignal,
): Promise<Reading> {
  const reader = await connected(database);
  const mixed: (readonly string[])[] = [];
  let reads = 0;
  let longest = 0;
  try {
    for (; !publishing.aborted; reads++) {
      const start = performance.now();
      await reader.query(`begin isolation level ${isolation}`);
      const runs = await read(reader);
      await reader.query('commit');
      longest = Math.max(longest, performance.now() - start);
      if (new Set(runs).size !== 1 || !/^\d+$/.test(runs[0] ?? '')) mixed.push(runs);
      await sleep(2);
    }
  } finally {
    await reader.end();
  }
  return { reads, mixed, longest };
}

/** Builds and publishes as a run does; the shape changes from round to round, so that views are dropped and made anew too. */
async function publishRound(store: OpenStore, round: number): Promise<void> {
  const { session, dialect, environment } = store;
  const entries = [];
  for (const name of ALL) {
    const extra = round % 3 === 0 ? ', 1 as extra' : '';
    const select = (run: number) => `select ${run} as run${extra} from generate_series(1, ${ROWS})`;
    const version = await build(store, name, `${name} ${round}`, select(round));
    const shown = round === 0 ? null : (await build(store, name, `${name} ${round - 1}`, '')).relation;
    const publishAs = TABLES.includes(name) ? 'table' : 'view';
    const entry = entryFor(environment, version, { publish: publishAs });
    if (publishAs === 'table') await prepareTable(session, dialect, entry);
    entries.push(wanted(entry, shown));
  }
  const outcome = await publish({ session, dialect, environment, plan: planOf(entries), warn: neverWarns });
  expect(outcome.published.length).toBe(ALL.length);
}
