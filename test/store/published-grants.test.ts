import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { PublicationEntry } from '../../src/store/publication.ts';
import { publish } from '../../src/store/publish.ts';
import { readGrants } from '../../src/store/published-grants.ts';
import {
  build,
  describeOnPostgres,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  wanted,
} from './open-store.ts';

describeOnPostgres('grants on a published relation', (openStore) => {
  it('stay with people when it is made anew, and go from whom the project took them, however they were written', async () => {
    await using store = await openStore();
    await withRoles(store, async (reader, analyst) => {
      await show(store, 'k1', { grants: [`group ${reader}`, 'PUBLIC'] });
      await store.session.execute(`grant select on analytics.daily to ${analyst}`);
      expect(await granted(store)).toEqual([analyst, 'public', reader].sort());
      await show(store, 'k2', { grants: [], publish: 'table' });
      expect(await granted(store)).toEqual([analyst]);
    });
  });

  it('stay when the project writes the same role in another way', async () => {
    await using store = await openStore();
    await withRoles(store, async (reader) => {
      await show(store, 'k1', { grants: [`group ${reader}`] });
      await show(store, 'k1', { grants: [`role ${reader}`, reader] });
      expect(await granted(store)).toEqual([reader]);
      await show(store, 'k1', { grants: [] });
      expect(await granted(store)).toEqual([]);
    });
  });

  it('need not be taken back from a role that is gone', async () => {
    await using store = await openStore();
    await withRoles(store, async (reader) => {
      await show(store, 'k1', { grants: [reader] });
      await store.session.execute(`drop owned by ${reader}`);
      await store.session.execute(`drop role ${reader}`);
      await show(store, 'k1', { grants: [] });
      expect(await granted(store)).toEqual([]);
      await store.session.execute(`create role ${reader}`);
    });
  });
});

async function show(store: OpenStore, key: string, changes: Partial<PublicationEntry>): Promise<void> {
  const { session, dialect, environment } = store;
  const version = await build(store, 'daily', key, 'select 1 as n');
  const entry = entryFor(environment, version, changes);
  const shown = key === 'k2' ? (await build(store, 'daily', 'k1', '')).relation : version.relation;
  const isFirst =
    (await store.session.query(`select 1 from pg_class where relname = 'daily'`)).rows.length === 0;
  const plan = planOf([wanted(entry, isFirst ? null : shown)]);
  const outcome = await publish({ session, dialect, environment, plan, warn: neverWarns });
  expect(outcome.superseded).toEqual([]);
}

async function granted({ session, dialect, environment }: OpenStore): Promise<readonly string[]> {
  const grantsOf = await readGrants(session, dialect, [environment.schema]);
  return grantsOf({ schema: environment.schema, name: 'daily' }).toSorted();
}

/** Roles belong to the server, not to the database, so their names are their test's own. */
async function withRoles(
  { session }: OpenStore,
  work: (reader: string, analyst: string) => Promise<void>,
): Promise<void> {
  const roles = ['reader', 'analyst'].map((name) => `${name}_${randomBytes(4).toString('hex')}`);
  for (const role of roles) await session.execute(`create role ${role}`);
  try {
    await work(roles[0] ?? '', roles[1] ?? '');
  } finally {
    for (const role of roles) {
      await session.execute(`drop owned by ${role}`);
      await session.execute(`drop role ${role}`);
    }
  }
}
