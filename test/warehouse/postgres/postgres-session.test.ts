import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../src/warehouse/postgres/postgres-warehouse.ts';
import { type Session, WarehouseError } from '../../../src/warehouse/warehouse.ts';
import { describePostgres } from '../../support/postgres/database.ts';
import { openDatabase, settingsOf } from '../../support/postgres/open-database.ts';
import { recordStatements } from '../../support/statements.ts';

/** The error of a promise that must fail. */
async function failureOf(promise: Promise<unknown>): Promise<WarehouseError> {
  const error = await promise.then(
    () => new Error('It should have failed.'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WarehouseError);
  return error as WarehouseError;
}

async function pidOf(session: Session): Promise<number> {
  const { rows } = await session.query('select pg_backend_pid() as pid');
  return Number(rows[0]?.['pid']);
}

describePostgres('Values', (database) => {
  const on = openDatabase(database);

  test('come as a row documents them, in the text that DuckDB gives, whatever the server defaults to', async () => {
    const { rows, columns } = await on.session.query(`select
      true as yes, 1::smallint as small, 2 as whole, 9007199254740993::bigint as big, 1.50::numeric(12, 2) as amount,
      0.1::double precision + 0.2 as double, 'NaN'::float8 as nan, null::integer as nothing, '' as empty, 'é😀' as text,
      date '2025-01-31' as day, timestamp '2025-01-31 10:00:00' as at, timestamp '2025-01-31 10:00:00.5' as half,
      timestamptz '2025-01-31 10:00:00.123456+02' as instant, '\\x00ff'::bytea as bytes, array[1, 2] as list`);
    expect(rows[0]).toEqual({
      ...{ yes: true, small: 1, whole: 2, big: 9007199254740993n, amount: '1.50' },
      ...{ double: 0.30000000000000004, nan: Number.NaN, nothing: null, empty: '', text: 'é😀' },
      ...{ day: '2025-01-31', at: '2025-01-31 10:00:00', half: '2025-01-31 10:00:00.5' },
      ...{ instant: '2025-01-31 08:00:00.123456+00', bytes: '\\x00ff', list: '{1,2}' },
    });
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...['yes boolean', 'small smallint', 'whole integer', 'big bigint', 'amount numeric(12,2)'],
      ...['double double precision', 'nan double precision', 'nothing integer', 'empty text', 'text text'],
      ...['day date', 'at timestamp without time zone', 'half timestamp without time zone'],
      ...['instant timestamp with time zone', 'bytes bytea', 'list integer[]'],
    ]);
  });

  test('that are bound are never part of the text', async () => {
    const values = ["it's", '\\', 1.5, -3, 12345678901234567890n, true, null, '', '😀\n$1'];
    const select = values.map((_, index) => `$${index + 1}::text as "${index}"`).join(', ');
    const { rows } = await on.session.query(`select ${select}`, values);
    expect(Object.values(rows[0] ?? {})).toEqual(
      values.map((value) => (value === null ? null : String(value))),
    );
  });

  test('of columns with the same name are all there', async () => {
    const { rows, columns } = await on.session.query('select 1 as a, 2 as a, 3 as b');
    expect(rows).toEqual([{ a: 1, 'a:1': 2, b: 3 }]);
    expect(columns.map((column) => column.name)).toEqual(['a', 'a:1', 'b']);
  });

  test('of types that the database made are named and given as text', async () => {
    await on.session.execute("create type mood as enum ('fine', 'so so')");
    const { rows, columns } = await on.session.query("select 'so so'::mood as mood, '{}'::json as json");
    expect(rows).toEqual([{ mood: 'so so', json: '{}' }]);
    expect(columns.map((column) => column.type)).toEqual(['mood', 'json']);
  });

  test('A statement says how many rows it changed', async () => {
    expect(await on.session.execute('create table counted as select generate_series(1, 5) as id')).toBe(5);
    expect(await on.session.execute('update counted set id = id + 1 where id > $1', [2])).toBe(3);
    expect(await on.session.execute('analyze counted')).toBe(0);
    expect(await on.session.execute('delete from counted; insert into counted values (1), (2)')).toBe(2);
  });
});

describePostgres('Errors', (database) => {
  const on = openDatabase(database);

  test('point into the statement in UTF-16 units, also behind characters of two', async () => {
    const sql = 'select \'😀é😀\' as "😀", missing from (select 1) as x';
    const { kind, position, message } = await failureOf(on.session.query(sql));
    expect({ kind, message }).toEqual({ kind: 'statement', message: 'column "missing" does not exist' });
    expect(sql.slice(position)).toMatch(/^missing from/);
  });

  test('carry what the server adds', async () => {
    await on.session.execute('create table once (id integer primary key)');
    await on.session.execute('insert into once values (1)');
    const error = await failureOf(on.session.execute('insert into once values (1)'));
    expect(error).toMatchObject({ kind: 'statement', hint: 'Key (id)=(1) already exists.' });
    const misspelt = await failureOf(on.session.query('select idd from once'));
    expect(misspelt.hint).toBe('Perhaps you meant to reference the column "once.id".');
  });

  test('of a deadlock are worth another try', async () => {
    await on.session.execute('create table crossed as select generate_series(1, 2) as id, 0 as value');
    const other = await on.warehouse.open();
    onTestFinished(() => other.close());
    const update = (session: Session, id: number) =>
      session.execute('update crossed set value = value + 1 where id = $1', [id]);
    const cross = (session: Session, first: number, second: number) =>
      session.transaction(async () => {
        await session.execute("set local deadlock_timeout = '20ms'");
        await update(session, first);
        await sleep(50);
        await update(session, second);
      });
    const outcomes = await Promise.allSettled([cross(on.session, 1, 2), cross(other, 2, 1)]);
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toMatchObject({ kind: 'transient', message: 'deadlock detected' });
  });

  test('of serialization and lock timeout are worth another try', async () => {
    await on.session.execute('create table contested as select 1 as id, 0 as value');
    const other = await on.warehouse.open();
    onTestFinished(() => other.close());
    const conflict = on.session.transaction(async () => {
      await on.session.execute('set transaction isolation level repeatable read');
      await on.session.query('select * from contested');
      await other.execute('update contested set value = 1');
      await on.session.execute('update contested set value = 2');
    });
    expect(await failureOf(conflict)).toMatchObject({ kind: 'transient' });
    const waiting = other.transaction(async () => {
      await other.execute('lock contested');
      await on.session.execute("set lock_timeout = '20ms'");
      await on.session.execute('update contested set value = 3');
    });
    expect(await failureOf(waiting)).toMatchObject({ kind: 'transient' });
  });

  test('of two sessions that create one schema at once are worth another try', async () => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => on.warehouse.open()));
    onTestFinished(async () => {
      await Promise.all(sessions.map((session) => session.close()));
    });
    for (let round = 0; round < 20; round++) {
      const all = sessions.map((session) => session.execute(`create schema if not exists race_${round}`));
      for (const outcome of await Promise.allSettled(all)) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'transient' });
      }
    }
  });
});

describePostgres('A transaction', (database) => {
  const on = openDatabase(database);
  const count = async (table: string) =>
    Number((await on.session.query(`select count(*) as n from ${table}`)).rows[0]?.['n']);

  test('is committed at its end, and rolled back by an error of the work', async () => {
    await on.session.execute('create table kept (id integer)');
    await on.session.transaction(() => on.session.execute('insert into kept values (1)'));
    const stopped = on.session.transaction(async () => {
      await on.session.execute('insert into kept values (2)');
      throw new Error('stop');
    });
    await expect(stopped).rejects.toThrow('stop');
    expect(await count('kept')).toBe(1);
  });

  test('fails although the work hid the error of a statement', async () => {
    await on.session.execute('create table hidden (id integer)');
    const hiding = on.session.transaction(async () => {
      await on.session.execute('insert into hidden values (1)');
      await on.session.execute('select nonsense').catch(() => undefined);
    });
    expect(await failureOf(hiding)).toMatchObject({ kind: 'statement', message: /nonsense/ });
    expect(await count('hidden')).toBe(0);
  });

  test('whose commit the server refuses has failed', async () => {
    await on.session.execute('create table parent (id integer primary key)');
    await on.session.execute(
      'create table child (id integer references parent deferrable initially deferred)',
    );
    const orphan = on.session.transaction(() => on.session.execute('insert into child values (1)'));
    expect(await failureOf(orphan)).toMatchObject({ kind: 'statement' });
    expect(await count('child')).toBe(0);
  });
});

describePostgres('A cancel', (database) => {
  const on = openDatabase(database);
  const running = async () =>
    database.admin(
      `select query from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
    );

  test('stops the statement on the server, and the session goes on', async () => {
    const sleeping = failureOf(on.session.execute('select pg_sleep(60)'));
    while ((await running()).length === 0) await sleep(5);
    await on.session.cancel();
    expect(await sleeping).toMatchObject({ kind: 'cancelled' });
    expect(await running()).toEqual([]);
    expect((await on.session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('that comes at any moment of a statement stops it, and none that follows', async () => {
    for (let round = 0; round < 40; round++) {
      const sleeping = failureOf(on.session.execute('select pg_sleep(60)'));
      await sleep(round / 4);
      const cancelled = on.session.cancel();
      const next = on.session.query('select pg_sleep(0.001), 1 as one');
      expect(await sleeping).toMatchObject({ kind: 'cancelled' });
      await cancelled;
      expect((await next).rows[0]?.['one']).toBe(1);
    }
    expect(await running()).toEqual([]);
  }, 30_000);

  test('of a session that has no connection yet is not lost', async () => {
    const session = await on.warehouse.open();
    onTestFinished(() => session.close());
    const sleeping = failureOf(session.execute('select pg_sleep(60)'));
    await session.cancel();
    expect(await sleeping).toMatchObject({ kind: 'cancelled' });
    expect(await running()).toEqual([]);
  });

  test('stops what a session runs in a role, also when it is sent on a connection that has it on', async () => {
    const [role, user] = [`builder_${process.pid}`, `loader_${process.pid}`];
    await database.admin(
      `create role ${role}`,
      `create role ${user} login password 'single' in role ${role}`,
    );
    onTestFinished(async () => void (await database.admin(`drop role ${user}`, `drop role ${role}`)));
    const settings = { ...settingsOf(database.url), user, password: 'single', role };
    const warehouse = await openPostgres(settings, { threads: 1 });
    onTestFinished(() => warehouse.close());
    const [session, other] = [await warehouse.open(), await warehouse.open()];
    await Promise.all([session.query('select 1'), other.query('select 1')]);
    await other.close();
    const sleeping = failureOf(session.execute('select pg_sleep(5)'));
    while ((await running()).length === 0) await sleep(5);
    await session.cancel();
    expect(await sleeping).toMatchObject({ kind: 'cancelled' });
    expect(await running()).toEqual([]);
    const next = await warehouse.open();
    expect((await next.query('select current_user::text as name')).rows).toEqual([{ name: role }]);
  });

  test('in a transaction rolls it back', async () => {
    await on.session.execute('create table stopped (id integer)');
    const work = on.session.transaction(async () => {
      await on.session.execute('insert into stopped values (1)');
      await on.session.execute('select pg_sleep(60)');
    });
    const failure = failureOf(work);
    while (!(await running()).some((row) => /pg_sleep/.test(String(row['query'])))) await sleep(5);
    await on.session.cancel();
    expect(await failure).toMatchObject({ kind: 'cancelled' });
    expect((await on.session.query('select * from stopped')).rows).toEqual([]);
  });

  test('of all sessions at once stops all, also when every connection of the pool is in use', async () => {
    const warehouse = await openPostgres(settingsOf(database.url), { threads: 2 });
    onTestFinished(() => warehouse.close());
    const sessions = await Promise.all(Array.from({ length: 7 }, () => warehouse.open()));
    const sleeping = sessions.map((session) => failureOf(session.execute('select pg_sleep(60)')));
    while ((await running()).length < 7) await sleep(5);
    await Promise.all(sessions.map((session) => session.cancel()));
    for (const failure of sleeping) expect(await failure).toMatchObject({ kind: 'cancelled' });
    expect(await running()).toEqual([]);
  });
});

describePostgres('A lost connection', (database) => {
  const on = openDatabase(database);
  const terminate = (pid: number) => database.admin(`select pg_terminate_backend(${pid})`);

  test('under a statement fails it as transient, and the session goes on with another one', async () => {
    const pid = await pidOf(on.session);
    const sleeping = failureOf(on.session.execute('select pg_sleep(60)'));
    await sleep(20);
    await terminate(pid);
    expect(await sleeping).toMatchObject({ kind: 'transient' });
    expect(await pidOf(on.session)).not.toBe(pid);
  });

  test('between two statements is not even noticed', async () => {
    const pid = await pidOf(on.session);
    await terminate(pid);
    await sleep(50);
    expect(await pidOf(on.session)).not.toBe(pid);
    const { rows } = await on.session.query(`select current_setting('timezone') as zone`);
    expect(rows).toEqual([{ zone: 'UTC' }]);
  });

  test('in a transaction ends it: no statement runs outside of it, nothing is kept, and it can be done again', async () => {
    await on.session.execute('create table guarded (id integer)');
    let failing = true;
    const work = () =>
      on.session.transaction(async () => {
        await on.session.execute('insert into guarded values (1)');
        if (failing) await terminate(await pidOf(on.session));
        if (failing) await sleep(50);
        await on.session.execute('insert into guarded values (2)').catch(() => undefined);
        await on.session.execute('insert into guarded values (3)');
      });
    expect(await failureOf(work())).toMatchObject({ kind: 'transient' });
    expect((await on.session.query('select * from guarded')).rows).toEqual([]);
    failing = false;
    await work();
    expect((await on.session.query('select * from guarded')).rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  test('does not go back to the pool', async () => {
    const first = await on.warehouse.open();
    const pid = await pidOf(first);
    await terminate(pid);
    await first.close();
    for (let i = 0; i < 5; i++) {
      const session = await on.warehouse.open();
      expect(await pidOf(session)).not.toBe(pid);
      await session.close();
    }
  });
});

describePostgres('A session', (database) => {
  const on = openDatabase(database);

  test('is set as the dialect says, and shows itself by name', async () => {
    const { rows } = await on.session.query(
      `select current_setting('timezone') as zone, current_setting('datestyle') as dates, current_setting('application_name') as name`,
    );
    expect(rows).toEqual([{ zone: 'UTC', dates: 'ISO, YMD', name: 'modelwright' }]);
  });

  test('leaves nothing to the next one on its connection', async () => {
    const first = await on.warehouse.open();
    const pid = await pidOf(first);
    await first.execute('create temporary table left_over (id integer)');
    await first.execute("set timezone = 'Asia/Kathmandu'");
    await first.close();
    const second = await on.warehouse.open();
    onTestFinished(() => second.close());
    const { rows } = await second.query(
      `select pg_backend_pid() as pid, current_setting('timezone') as zone, to_regclass('left_over') as table`,
    );
    expect(rows).toEqual([{ pid, zone: 'UTC', table: null }]);
  });

  test('waits for a connection when all are in use', async () => {
    const warehouse = await openPostgres(settingsOf(database.url), { threads: 1 });
    onTestFinished(() => warehouse.close());
    const sessions = await Promise.all(Array.from({ length: 7 }, () => warehouse.open()));
    expect(new Set(await Promise.all(sessions.map(pidOf))).size).toBe(7);
    const late = await warehouse.open();
    const pid = pidOf(late);
    expect(await Promise.race([pid, sleep(100, 'waits')])).toBe('waits');
    const freed = await pidOf(sessions[0] as Session);
    await sessions[0]?.close();
    expect(await pid).toBe(freed);
  });

  test('has a time limit for statements where the target says so, and that is a failure, no cancel', async () => {
    const settings = { ...settingsOf(database.url), statement_timeout: 0.05 };
    const warehouse = await openPostgres(settings, { threads: 1 });
    onTestFinished(() => warehouse.close());
    const session = await warehouse.open();
    const error = await failureOf(session.execute('select pg_sleep(60)'));
    expect(error).toMatchObject({ kind: 'statement', hint: expect.stringContaining('statement_timeout') });
    expect((await session.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('takes on a role', async () => {
    const role = `builder_${process.pid}`;
    await database.admin(`create role ${role}`);
    onTestFinished(async () => void (await database.admin(`drop role ${role}`)));
    const warehouse = await openPostgres({ ...settingsOf(database.url), role }, { threads: 1 });
    onTestFinished(() => warehouse.close());
    const session = await warehouse.open();
    expect((await session.query('select current_user::text as name')).rows).toEqual([{ name: role }]);
  });
});

describePostgres('Statements that are sent together', (database) => {
  const on = openDatabase(database);

  test('are one message, all of them done or none', async () => {
    const creates = ['a', 'b'].map((name) => `create table together_${name} as select 1 as n`);
    const { statements } = await recordStatements(() => on.session.executeAll(creates));
    expect(statements.at(-1)).toBe(creates.join(';\n'));
    await on.session.executeAll([]);
    const failing = on.session.executeAll(['drop table together_a', 'drop table together_missing']);
    expect(await failureOf(failing)).toMatchObject({ kind: 'statement' });
    expect((await on.session.query('select n from together_a')).rows).toEqual([{ n: 1 }]);
  });
});
