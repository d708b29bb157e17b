import { expect, onTestFinished, test } from 'vitest';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { type BatchHead, writeBatch } from '../../src/landing/write-batch.ts';
import { load } from '../../src/seed/load.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import { withBrokenConnections } from '../support/postgres/broken-connection.ts';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { COLUMNS } from './landed-shop.ts';
import { scratchFolder } from './scratch-project.ts';

describePostgres('Loads of one table into PostgreSQL', (database) => {
  test('succeed where another has loaded other partitions since the table was found missing', async () => {
    const [one, two] = [await openZone(database, 'apart'), await openZone(database, 'apart')];
    await one.land('2025-01-01', ['1,2025-01-01 10:00:00,a']);
    await two.land('2025-01-02', ['2,2025-01-02 10:00:00,b']);
    const loaded = { kind: 'loaded', batchesLoaded: 1, rowsLoaded: 1, rowsRejected: 0 };
    const meanwhile = async () => expect(await one.load('one')).toMatchObject([loaded]);
    expect(await two.load('two', meanwhile)).toMatchObject([loaded]);
    expect(await database.admin('select id from apart__raw.notes order by id')).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  test('tell what they have loaded although they did not hear that it was committed', async () => {
    const zone = await openZone(database, 'unheard');
    await zone.land('2025-01-01', ['1,2025-01-01 10:00:00,a', '2,2025-01-01 10:00:00,b']);
    await zone.load('first');
    await zone.land('2025-01-02', ['3,2025-01-02 10:00:00,c']);
    let commits = 0;
    const momentOf = (sql: string) => (sql === 'commit' && commits++ === 0 ? 'unheard' : undefined);
    const outcomes = await withBrokenConnections(database.url, momentOf, () => zone.load('second'));
    expect(commits).toBe(1);
    expect(outcomes).toMatchObject([
      { kind: 'loaded', batchesLoaded: 1, batchesUnchanged: 1, rowsLoaded: 1, rowsRejected: 0 },
    ]);
  });
});

/** A landing zone with a table `notes` that is partitioned by day, loaded into a schema of the database. */
async function openZone(database: TestDatabase, schema: string) {
  const folder = scratchFolder();
  const landing = new FolderLanding(folder);
  const warehouse = await openPostgres(settingsOf(database.url), { threads: 1 });
  onTestFinished(() => warehouse.close());
  return {
    land: (value: string, rows: readonly string[]) => {
      const partition = { column: 'load_date', value, date_of: 'at' };
      const head: BatchHead = { table: 'notes', columns: COLUMNS, partition };
      const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
      return writeBatch(landing, head, [{ bytes, rows: rows.length }]);
    },
    load: (loadId: string, meanwhile?: () => Promise<void>) =>
      load({
        ...{ warehouse, schema, loadId },
        landing: meanwhile ? new WaitingLanding(folder, meanwhile) : landing,
      }),
  };
}

/** A landing zone whose batches are not told before something else is done. */
class WaitingLanding extends FolderLanding {
  readonly #wait: () => Promise<void>;

  constructor(folder: string, wait: () => Promise<void>) {
    super(folder);
    this.#wait = wait;
  }

  override async batches(...of: Parameters<FolderLanding['batches']>) {
    const found = await super.batches(...of);
    await this.#wait();
    return found;
  }
}
