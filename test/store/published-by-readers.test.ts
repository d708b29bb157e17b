import { expect, it } from 'vitest';
import { publish } from '../../src/store/publish.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { build, describeWaits, entryFor, neverWarns, type OpenStore, planOf, wanted } from './open-store.ts';

const VIEWS = ['daily', 'weekly', 'monthly'];
const TABLES = ['tall'];
const NAMES = [...VIEWS, ...TABLES];
const ROUNDS = process.env['MODEL_TEST_SIZE'] === 'full' ? 100 : 10;

describeWaits('a reader of all published relations', (openStore) => {
  it('sees one run in all of them at every moment of many publishes', async () => {
    await using store = await openStore();
    await publishRound(store, 0);
    const reader = await store.warehouse.open();
    const seen: (readonly number[])[] = [];
    let done = false;
    const reading = (async () => {
      while (!done) seen.push(await readAll(reader));
    })();
    for (let round = 1; round <= ROUNDS; round++) await publishRound(store, round);
    done = true;
    await reading;
    expect(seen.filter((runs) => new Set(runs).size !== 1)).toEqual([]);
    expect(seen.length).toBeGreaterThan(ROUNDS / 2);
    expect(await readAll(reader)).toEqual(NAMES.map(() => ROUNDS));
  }, 120_000);
});

async function publishRound(store: OpenStore, round: number): Promise<void> {
  const { session, dialect, environment } = store;
  const entries = [];
  for (const name of NAMES) {
    // The shape changes from round to round, so that views are replaced by other views.
    const extra = round % 2 === 0 ? '' : ', 1 as extra';
    const version = await build(
      store,
      name,
      `${name} ${round}`,
      `select ${round} as run${extra} from analytics__store._environment`,
    );
    const shown = round === 0 ? null : (await build(store, name, `${name} ${round - 1}`, '')).relation;
    const publishAs = TABLES.includes(name) ? 'table' : 'view';
    entries.push(wanted(entryFor(environment, version, { publish: publishAs }), shown));
  }
  const outcome = await publish({ session, dialect, environment, plan: planOf(entries), warn: neverWarns });
  expect(outcome.published.length).toBe(NAMES.length);
}

async function readAll(session: Session): Promise<readonly number[]> {
  return session.transaction(async () => {
    const runs: number[] = [];
    for (const name of NAMES) {
      const { rows } = await session.query(`select min(run) as low, max(run) as high from analytics.${name}`);
      runs.push(Number(rows[0]?.['low']), Number(rows[0]?.['high']));
    }
    return runs.filter((_, position) => position % 2 === 0 || runs[position] !== runs[position - 1]);
  });
}
