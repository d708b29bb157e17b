import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Model, modelProject } from '../support/model.ts';
import { describePostgres, type TestDatabase } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { model as program, type RunningProgram, startModel } from '../support/program.ts';
import { modelHere } from '../support/program-here.ts';

describePostgres('The program on PostgreSQL', (database) => {
  beforeEach(async () => {
    await clearDatabase(database);
    await database.admin(
      'create schema crm',
      'create table crm.patience as select 60 as seconds',
      `create function crm.wait(n integer) returns integer language plpgsql as
        'begin perform pg_sleep((select seconds from crm.patience)); return n; end'`,
    );
  });

  describe('with a statement that takes long', () => {
    const FILES = {
      'models/quick.sql': 'select {{var "edition"}} as edition\n',
      'models/slow.sql': 'select crm.wait(edition) as edition from {{ref "quick"}}\n',
    };
    const MORE = 'vars: { edition: 1 }\ndeterministic_functions: [wait]\n';

    it('cancels it on the server when it is interrupted, publishes nothing, and exits 130', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      const build = start(database, model, 'build');
      await waits(database, build);
      build.process.kill('SIGINT');
      const { code, stderr } = await build.end;
      expect(code).toBe(130);
      expect(stderr).toContain('cancelled   slow');
      expect(await atWork(database)).toEqual([]);
      expect(await published(database)).toEqual([]);
    });

    it('does not say that nothing was published when it is interrupted after the publish', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      await database.admin('update crm.patience set seconds = 0');
      expect(await runHere(database, model, 'build')).toMatchObject({ code: 0 });
      await database.admin(
        `create function crm.linger() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end'`,
        `create trigger linger before update on analytics__store._run
          for each row when (new.status = 'succeeded') execute function crm.linger()`,
      );
      const build = startModel(['build', ...inEdition(2)], {
        cwd: model.root,
        env: onDatabase(database).env,
      });
      await build.says('Published 2 nodes');
      await isIn(database, /update .*_run/);
      build.process.kill('SIGINT');
      const { code, stdout, stderr } = await build.end;
      expect(code).toBe(130);
      expect(stderr).toMatch(/Interrupted\.$/m);
      expect(stdout + stderr).not.toContain('nothing was published');
      expect(await database.admin('select edition from analytics.slow')).toEqual([{ edition: 2 }]);
    });

    it('leaves no statement behind when it is killed, and the next build does not wait for the dead', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      const build = start(database, model, 'build');
      await waits(database, build);
      build.process.kill('SIGKILL');
      await build.end;
      await database.admin('update crm.patience set seconds = 0');
      const started = performance.now();
      const next = await runHere(database, model, 'build');
      expect(next).toMatchObject({ code: 0 });
      expect(performance.now() - started).toBeLessThan(30_000);
      expect(await published(database)).toEqual(['quick', 'slow']);
      expect(await atWork(database)).toEqual([]);
    });
  });

  describe('started twice at once', () => {
    const FILES = {
      'seeds/numbers.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'date' },
  partition: { column: 'day' },
  partitions: () => ['2025-01-01', '2025-01-02', '2025-01-03'],
  rows: (day) => Array.from({ length: 1000 }, (_, id) => [id, day]),
});
`,
      'models/loaded.sql': 'select id, day, {{var "edition"}} as edition from {{source "raw" "numbers"}}\n',
      'models/shown.sql':
        '{{config materialized="view"}} select edition, count(*) as n from {{ref "loaded"}} group by 1\n',
      'models/copied.sql': '{{config publish="table"}} select edition, n from {{ref "shown"}}\n',
      'models/other.sql': 'select {{var "edition"}} as edition\n',
      'models/sources.yml': 'sources: [{ name: raw, tables: [{ name: numbers }] }]\n',
    };
    const MORE = 'vars: { edition: 1 }\n';
    const SHOWN = `select distinct edition from (
      select edition from analytics.loaded union all select edition from analytics.shown
      union all select edition from analytics.copied) as all_of_them`;

    it('on one environment publishes one of the two editions whole; who comes later says so', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      expect(await runHere(database, model, 'build')).toMatchObject({ code: 0 });
      const ends = await Promise.all(
        [2, 3].map((edition) => run(database, model, 'run', ...inEdition(edition))),
      );
      const codes = ends.map(({ code }) => code).sort();
      expect([
        [0, 0],
        [0, 1],
      ]).toContainEqual(codes);
      for (const { code, stdout, stderr } of ends) {
        if (code === 1) expect(stdout + stderr).toContain('Another run published it since');
      }
      const [shown, ...more] = await database.admin(SHOWN);
      expect(more).toEqual([]);
      expect([2, 3]).toContain(shown?.['edition']);
      expect(await database.admin('select n from analytics.copied')).toEqual([{ n: '3000' }]);
    }, 60_000);

    it('with different selections publishes both', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      expect(await runHere(database, model, 'build')).toMatchObject({ code: 0 });
      const ends = await Promise.all([
        run(database, model, 'run', '--select', 'loaded+', ...inEdition(2)),
        run(database, model, 'run', '--select', 'other', ...inEdition(3)),
      ]);
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      expect(await database.admin(SHOWN)).toEqual([{ edition: 2 }]);
      expect(await database.admin('select edition from analytics.other')).toEqual([{ edition: 3 }]);
    });

    it('to load has every row once', async () => {
      const model = modelProject(FILES, onDatabase(database, MORE));
      expect(await runHere(database, model, 'generate')).toMatchObject({ code: 0 });
      const ends = await Promise.all(['load', 'load'].map((words) => run(database, model, words)));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      const counted =
        'select count(*)::int as n, count(distinct (id, day))::int as of from analytics__raw.numbers';
      expect(await database.admin(counted)).toEqual([{ n: 3000, of: 3000 }]);
    });
  });
});

function start(database: TestDatabase, { root }: Model, words: string): RunningProgram {
  return startModel(words, { cwd: root, env: onDatabase(database).env });
}

function run(database: TestDatabase, { root }: Model, ...words: readonly string[]) {
  return program(words, { cwd: root, env: onDatabase(database).env });
}

function runHere(database: TestDatabase, { root }: Model, words: string) {
  return modelHere(words, { cwd: root, env: onDatabase(database).env });
}

function inEdition(edition: number): readonly string[] {
  return ['--vars', `{ edition: ${edition} }`];
}

/** Waits until the server is in the model that takes long. */
async function waits(database: TestDatabase, build: RunningProgram): Promise<void> {
  await build.says('built       quick');
  await isIn(database, /crm\.wait/);
}

/** Waits until the server is in such a statement. */
async function isIn(database: TestDatabase, statement: RegExp): Promise<void> {
  while (!(await atWork(database)).some((query) => statement.test(query))) await sleep(20);
}

/** What the server is doing for the program. */
async function atWork({ admin }: TestDatabase): Promise<readonly string[]> {
  const rows = await admin(
    `select query from pg_stat_activity
     where datname = current_database() and state <> 'idle' and application_name like 'modelwright%'`,
  );
  return rows.map(({ query }) => String(query));
}

async function published({ admin }: TestDatabase): Promise<readonly string[]> {
  const rows = await admin(
    `select table_name from information_schema.tables where table_schema = 'analytics' order by 1`,
  );
  return rows.map(({ table_name }) => String(table_name));
}
