import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Column } from '../../../src/dialect/column-type.ts';
import { postgresDialect as dialect } from '../../../src/dialect/postgres/postgres-dialect.ts';
import { WarehouseError } from '../../../src/warehouse/warehouse.ts';
import { describePostgres } from '../../support/postgres/database.ts';
import { openDatabase } from '../../support/postgres/open-database.ts';

const COLUMNS: readonly Column[] = [
  { name: 'id', type: { kind: 'integer' } },
  { name: 'note', type: { kind: 'varchar' } },
];

/** A chunk a text; the bytes of a character may lie in two of them. */
async function* chunks(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describePostgres('A COPY from the session', (database) => {
  const on = openDatabase(database);
  const into = (name: string) => ({ schema: 'public', name });
  const copySql = (name: string) =>
    dialect.loadCsv({
      ...{ into: into(name), columns: COLUMNS, nullMarker: '@NULL@', from: { kind: 'stream' } },
    });
  const tableOf = async (name: string) => {
    await on.session.execute(dialect.createTable(into(name), COLUMNS));
    return copySql(name);
  };
  const rowsOf = async (name: string) => (await on.session.query(`select * from ${name} order by id`)).rows;

  test('takes NULL, empty text, quotes, lines and any character as they were meant', async () => {
    const sql = await tableOf('odd');
    const csv = `id,note
1,@NULL@
2,
3,"@NULL@"
4,"say ""no"", twice"
5,"two
lines"
6,é😀
7,\\N
8,"\\."
`;
    const bytes = Buffer.from(csv);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    async function* oneByOne() {
      yield* single;
    }
    expect(await on.session.copyIn(sql, oneByOne())).toBe(8);
    expect((await rowsOf('odd')).map((row) => row['note'])).toEqual([
      ...[null, '', '@NULL@', 'say "no", twice', 'two\nlines', 'é😀', '\\N', '\\.'],
    ]);
  });

  test('fails at a bad row, loads nothing, and the session goes on', async () => {
    const sql = await tableOf('bad');
    const error = await on.session
      .copyIn(sql, chunks(['id,note\n', '1,a\n', 'x,b\n', ...Array(2000).fill(`3,${'c'.repeat(1000)}\n`)]))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WarehouseError);
    expect(error).toMatchObject({ kind: 'statement', message: expect.stringContaining('"x"') });
    expect(await rowsOf('bad')).toEqual([]);
  });

  test('fails before it begins where its table is missing, whatever waits to be sent', async () => {
    const endless = chunks(Array(5000).fill(`1,${'x'.repeat(1000)}\n`));
    await expect(on.session.copyIn(copySql('nowhere'), endless)).rejects.toMatchObject({ kind: 'statement' });
    expect((await on.session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('gives the error of its content, and loads nothing', async () => {
    const sql = await tableOf('half');
    async function* breaking() {
      yield Buffer.from('id,note\n1,a\n');
      throw new Error('The object ended too early.');
    }
    const loading = on.session.transaction(() => on.session.copyIn(sql, breaking()));
    await expect(loading).rejects.toThrow('The object ended too early.');
    expect(await rowsOf('half')).toEqual([]);
  });

  test('is stopped by a cancel although its content says nothing', async () => {
    const sql = await tableOf('slow');
    async function* silent() {
      yield Buffer.from('id,note\n1,a\n');
      await sleep(60_000, undefined, { ref: false });
    }
    const loading = on.session.copyIn(sql, silent()).catch((thrown: unknown) => thrown);
    await sleep(50);
    await on.session.cancel();
    expect(await loading).toMatchObject({ kind: 'cancelled' });
    const running = `select query from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
    expect(await database.admin(running)).toEqual([]);
    expect(await rowsOf('slow')).toEqual([]);
  });

  test('whose connection is lost fails as transient, and can be done again', async () => {
    const sql = await tableOf('torn');
    const { rows } = await on.session.query('select pg_backend_pid() as pid');
    async function* torn() {
      yield Buffer.from('id,note\n1,a\n');
      await database.admin(`select pg_terminate_backend(${rows[0]?.['pid']})`);
      for (let i = 0; i < 2000; i++) yield Buffer.from(`2,${'b'.repeat(10_000)}\n`);
    }
    const failing = on.session.transaction(() => on.session.copyIn(sql, torn()));
    await expect(failing).rejects.toMatchObject({ kind: 'transient' });
    await on.session.transaction(() => on.session.copyIn(sql, chunks(['id,note\n1,a\n'])));
    expect(await rowsOf('torn')).toEqual([{ id: 1, note: 'a' }]);
  });

  test('of 200,000 rows takes little memory', async () => {
    const sql = await tableOf('large');
    const note = 'n'.repeat(400);
    let most = 0;
    async function* large() {
      yield Buffer.from('id,note\n');
      for (let block = 0; block < 1000; block++) {
        yield Buffer.from(Array.from({ length: 200 }, (_, row) => `${block * 200 + row},${note}\n`).join(''));
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    expect(await on.session.copyIn(sql, large())).toBe(200_000);
    expect((most - before) / 2 ** 20).toBeLessThan(40);
    onTestFinished(async () => void (await on.session.execute('drop table large')));
  });
});
