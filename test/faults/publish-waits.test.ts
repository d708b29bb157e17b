import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import type { Relation } from '../../src/dialect/relation.ts';
import { prepareTable } from '../../src/store/prepare-table.ts';
import { publish } from '../../src/store/publish.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import { openRedshift } from '../../src/warehouse/redshift/redshift-warehouse.ts';
import { build, entryFor, neverWarns, type OpenStore, planOf, storeOn, wanted } from '../store/open-store.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase } from '../support/postgres/model-place.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { describeRedshift } from '../support/redshift/database.ts';

describePostgres('A publish on PostgreSQL that finds a published table held', (database) => {
  const connect = async () => {
    const client = new Client({ connectionString: database.url, application_name: 'dashboard' });
    await client.connect();
    return client;
  };
  const open = async () => {
    await clearDatabase(database);
    return storeOn(await openPostgres(settingsOf(database.url), { threads: 4 }));
  };

  it('waits for the reader, and publishes when it is done', () => waitsForReader(open, connect));

  it('says what is held, by whom and for how long, when it has waited long enough', async () => {
    const diagnostic = await givesUp(open, connect);
    expect(diagnostic.code).toBe('STO-015');
    expect(diagnostic.message).toMatch(
      /^Nothing was published: "analytics\.t" of model\.shop\.t was held for all of \d s, by process \d+ of \w+ \(dashboard\), idle in transaction for \d s\.$/,
    );
  });
});

describeRedshift('A publish on the stand-in for Redshift that finds a published table held', (redshift) => {
  const open = async () => {
    await redshift.clear();
    return storeOn(await openRedshift(redshift.settings, { threads: 4 }));
  };

  it('waits for the reader, and publishes when it is done', () =>
    waitsForReader(open, () => redshift.connect()));

  it('does not wait for ever, and says what is held', async () => {
    const diagnostic = await givesUp(open, () => redshift.connect());
    expect(diagnostic.code).toBe('STO-015');
    expect(diagnostic.message).toMatch(/"analytics\.t" of model\.shop\.t was held .*, by somebody\.$/);
  }, 60_000);

  it('limits statements for its own transaction only', async () => {
    await using store = await open();
    await publishRound(store, 0);
    const { rows } = await store.session.query('show statement_timeout');
    expect(Object.values(rows[0] ?? {})).toEqual(['0']);
  });

  it('copies before the transaction, whose limits would count the copying', async () => {
    await using store = await open();
    await publishRound(store, 0, { isPrepared: false });
    const { rows } = await store.session.query('select round from analytics.t');
    expect(rows).toEqual([{ round: 0 }]);
  });
});

type Open = () => Promise<OpenStore>;
type Connect = () => Promise<Client>;

async function waitsForReader(open: Open, connect: Connect): Promise<void> {
  await using store = await open();
  const saw = await publishRound(store, 0);
  const reader = await connect();
  await reader.query('begin');
  await reader.query('select * from analytics.t');
  let isPublished = false;
  const published = publishRound(store, 1, { saw }).then(() => {
    isPublished = true;
  });
  await sleep(500);
  expect(isPublished).toBe(false);
  await reader.query('commit');
  await reader.end();
  await published;
  const { rows } = await store.session.query('select round from analytics.t');
  expect(rows).toEqual([{ round: 1 }]);
}

/** What a publish says whose patience is over at once, while a reader holds the table. */
async function givesUp(open: Open, connect: Connect) {
  await using store = await open();
  const saw = await publishRound(store, 0);
  const reader = await connect();
  try {
    await reader.query('begin');
    await reader.query('select * from analytics.t');
    const failed = await publishRound(store, 1, { saw, patience: 400 }).catch((error: unknown) => error);
    if (!(failed instanceof DiagnosticError)) throw failed;
    const [diagnostic] = failed.diagnostics;
    if (diagnostic === undefined) throw failed;
    return diagnostic;
  } finally {
    await reader.end();
  }
}

/** The dialect, with limits that are over soon. */
function hurried(dialect: Dialect): Dialect {
  const settings = dialect.publishSettings(1).map((setting) => setting.replace(/\d+(?=ms|$)/, '300'));
  return { ...dialect, publishSettings: () => settings };
}

interface Options {
  readonly saw?: Relation | null;
  readonly patience?: number;
  readonly isPrepared?: boolean;
}

async function publishRound(
  store: OpenStore,
  round: number,
  { saw = null, patience, isPrepared = true }: Options = {},
): Promise<Relation> {
  const version = await build(store, 't', `key_${round}`, `select ${round} as round`);
  const entry = entryFor(store.environment, version, { publish: 'table' });
  if (isPrepared) await prepareTable(store.session, store.dialect, entry);
  const plan = planOf([wanted(entry, saw)]);
  const { session, environment } = store;
  const hurry =
    patience === undefined ? { dialect: store.dialect } : { dialect: hurried(store.dialect), patience };
  await publish({ session, environment, plan, warn: neverWarns, ...hurry });
  return version.relation;
}
