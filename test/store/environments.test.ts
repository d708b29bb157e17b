import { describe, expect, it } from 'vitest';
import { readSchemas } from '../../src/store/catalog.ts';
import { environmentOf, environmentsAmong } from '../../src/store/environment.ts';
import { dropEnvironment, listEnvironments } from '../../src/store/environments.ts';
import { publish } from '../../src/store/publish.ts';
import { ensureStore } from '../../src/store/state-tables.ts';
import {
  build,
  describeStores,
  entryFor,
  neverWarns,
  type OpenStore,
  planOf,
  relationsIn,
  SCHEMA,
  wanted,
} from './open-store.ts';

describe('the names of environments', () => {
  it('lead to schemas', () => {
    expect(environmentOf('analytics', 'default')).toEqual({
      name: 'default',
      schema: 'analytics',
      store: 'analytics__store',
    });
    expect(environmentOf('analytics', 'pr_42')).toEqual({
      name: 'pr_42',
      schema: 'analytics__pr_42',
      store: 'analytics__pr_42__store',
    });
  });

  it('are found again among the schemas of a database', () => {
    const stores = ['analytics__store', 'analytics__pr_42__store', 'analytics__a__b__store', 'other__store'];
    const schemas = ['main', 'analytics', 'analytics__raw', 'analytics__default__store', ...stores];
    expect(environmentsAmong('analytics', schemas).map(({ name }) => name)).toEqual(['default', 'pr_42']);
  });
});

describeStores('environments', (openStore) => {
  it('are listed with what they show', async () => {
    await using store = await openStore();
    await publishInto(store, 'pr_42');
    expect(await listEnvironments(store.session, store.dialect, SCHEMA)).toMatchObject([
      { environment: { name: 'default' }, sequence: 0, relations: 0, versions: 0, publishedAt: null },
      { environment: { name: 'pr_42' }, sequence: 1, relations: 2, versions: 1 },
    ]);
  });

  it('are dropped with their schemas, but a schema that holds something else stays', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await publishInto(store, 'pr_42');
    await session.execute('create table analytics__pr_42_mart.theirs as select 1 as n');
    await dropEnvironment(session, dialect, { schema: SCHEMA, name: 'pr_42', force: false });
    expect(await relationsIn(store, 'analytics__pr_42_mart')).toEqual(['table theirs']);
    const schemas = await readSchemas(session, dialect);
    expect(schemas.filter((schema) => schema.includes('pr_42'))).toEqual(['analytics__pr_42_mart']);
  });

  it('can be listed and dropped when they have lost their state', async () => {
    await using store = await openStore();
    const { session, dialect } = store;
    await session.execute('create schema analytics__pr_9__store');
    const listed = await listEnvironments(session, dialect, SCHEMA);
    expect(listed.map(({ environment, versions }) => [environment.name, versions])).toEqual([
      ['default', 0],
      ['pr_9', 0],
    ]);
    await dropEnvironment(session, dialect, { schema: SCHEMA, name: 'pr_9', force: false });
    expect((await listEnvironments(session, dialect, SCHEMA)).length).toBe(1);
  });

  it('are not dropped by mistake', async () => {
    await using store = await openStore();
    const { session, dialect, environment } = store;
    const drop = (name: string, force = false) =>
      dropEnvironment(session, dialect, { schema: SCHEMA, name, force });
    await expect(drop('pr_1')).rejects.toThrow('STO-002');
    await expect(drop('default')).rejects.toThrow('STO-003');
    const version = await build(store, 'daily', 'k', 'select 1 as n');
    const pr = environmentOf(SCHEMA, 'pr_42');
    await ensureStore(session, dialect, pr);
    await publish({
      session,
      dialect,
      environment: pr,
      plan: planOf([wanted(entryFor(pr, version), null)]),
      warn: neverWarns,
    });
    await expect(drop('default', true)).rejects.toThrow(/STO-004.*pr_42/);
    await drop('pr_42');
    await drop('default', true);
    expect(await readSchemas(session, dialect)).not.toContain(environment.store);
  });
});

/** Publishes one version twice in an environment: in its schema and in a custom one. */
async function publishInto(store: OpenStore, name: string): Promise<void> {
  const { session, dialect } = store;
  const environment = environmentOf(SCHEMA, name);
  await ensureStore(session, dialect, environment);
  const version = await build({ ...store, environment }, 'daily', 'k', 'select 1 as n');
  const custom = { schema: `${environment.schema}_mart`, name: 'daily' };
  const plan = planOf([
    wanted(entryFor(environment, version), null),
    wanted(entryFor(environment, version, { relation: custom }), null),
  ]);
  await publish({ session, dialect, environment, plan, warn: neverWarns });
}
