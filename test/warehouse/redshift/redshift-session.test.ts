import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openRedshift } from '../../../src/warehouse/redshift/redshift-warehouse.ts';
import type { Session } from '../../../src/warehouse/warehouse.ts';
import { describeRedshift } from '../../support/redshift/database.ts';
import { openStandIn } from '../../support/redshift/open-redshift.ts';

describeRedshift('A session on the stand-in', (redshift) => {
  const on = openStandIn(redshift);

  test('gives values as they are written, exactly', async () => {
    const { rows } = await on.session.query(`select
  cast(1 as smallint) as small, 9223372036854775807 as big, cast(1.10 as numeric(12, 2)) as exact, true as yes,
  date '2025-12-31' as day, timestamp '2025-12-31 23:59:59.5' as moment, cast(null as integer) as nothing`);
    expect(rows).toEqual([
      {
        ...{ small: 1, big: 9223372036854775807n, exact: '1.10', yes: true },
        ...{ day: '2025-12-31', moment: '2025-12-31 23:59:59.5', nothing: null },
      },
    ]);
  });

  test('begins in UTC, and with a time limit where the target has one', async () => {
    const warehouse = await openRedshift({ ...redshift.settings, statement_timeout: 0.2 }, { threads: 1 });
    const session = await warehouse.open();
    expect((await session.query('show timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
    const failure = await session.execute('select pg_sleep(5)').catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'statement', message: "Query (150) canceled on user's request" });
    await warehouse.close();
  });

  test('rolls back what fails, and goes on', async () => {
    await on.session.execute('create table rolled (id integer)');
    const failing = on.session.transaction(async () => {
      await on.session.execute('insert into rolled values (1)');
      await on.session.query('select no_such_column');
    });
    await expect(failing).rejects.toMatchObject({ kind: 'statement' });
    expect((await on.session.query('select count(*) as rows from rolled')).rows).toEqual([{ rows: 0n }]);
  });

  test.each(['alone', 'in a transaction'])('stops a statement %s', async (where) => {
    const session = await on.warehouse.open();
    const work = () => session.execute('select pg_sleep(20)');
    const running = (where === 'alone' ? work() : session.transaction(work)).catch((error: unknown) => error);
    await sleep(100);
    await session.cancel();
    expect(await running).toMatchObject({ kind: 'cancelled' });
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await session.close();
  });

  describe('names its statements', () => {
    const running = async (session: Session) => {
      const { rows } = await session.query('select pg_backend_pid() as pid');
      const [found] = await redshift.admin(
        `select query from pg_stat_activity where pid = ${String(rows[0]?.['pid'])}`,
      );
      return String(found?.['query']);
    };

    test('in a comment before each, and in the query group', async () => {
      const session = await on.warehouse.open();
      session.label({ run: '20251231T235959Z-1f2e3d4c', node: 'model.shop.daily' });
      expect(await running(session)).toMatch(
        /^\/\* \{"modelwright": ?\{"run": ?"20251231T235959Z-1f2e3d4c", ?"node": ?"model.shop.daily"\}\} \*\/\n/,
      );
      expect((await session.query('show query_group')).rows).toEqual([
        { 'stand_in.query_group': 'model:1f2e3d4c:daily' },
      ]);
      session.label({ run: '20251231T235959Z-1f2e3d4c' });
      expect((await session.query('show query_group')).rows).toEqual([
        { 'stand_in.query_group': 'model:1f2e3d4c' },
      ]);
      await session.close();
    });

    test('without a comment’s end or a further beginning in it, whatever the node is called', async () => {
      const session = await on.warehouse.open();
      session.label({ run: 'run', node: `model.shop.*/ drop table /* Größe ' \n` });
      expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      expect(await running(session)).toContain(String.raw`*\u002f drop table \u002f* Gr\u00f6\u00dfe ' \n`);
      await session.close();
    });

    test('and errors keep their places', async () => {
      const session = await on.warehouse.open();
      session.label({ run: 'run', node: 'model.shop.größe' });
      const sql = `select '🙂' as a, no_such_column`;
      const failure = await session.query(sql).catch((error: unknown) => error);
      expect(failure).toMatchObject({ kind: 'statement', sql, position: sql.indexOf('no_such') });
      await session.close();
    });

    test('in the query group of the target, where it has one', async () => {
      const warehouse = await openRedshift({ ...redshift.settings, query_group: 'nightly' }, { threads: 1 });
      const session = await warehouse.open();
      session.label({ run: 'run', node: 'model.shop.daily' });
      expect((await session.query('show query_group')).rows).toEqual([{ 'stand_in.query_group': 'nightly' }]);
      await warehouse.close();
    });

    test('and nobody finds the last one’s group on a used connection', async () => {
      const warehouse = await openRedshift(redshift.settings, { threads: 1 });
      const first = await warehouse.open();
      first.label({ run: 'run', node: 'model.shop.daily' });
      await first.query('select 1');
      await first.close();
      const second = await warehouse.open();
      expect((await second.query('show query_group')).rows).not.toEqual([
        { 'stand_in.query_group': 'model:run:daily' },
      ]);
      await warehouse.close();
    });
  });
});
