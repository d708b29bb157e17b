import { describe, expect, it } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { modelProject, SHOP_YML } from '../support/model.ts';
import { engineFailure, interceptStatements } from '../support/statements.ts';

const FILES = {
  'project.yml': `${SHOP_YML}vars: { edition: 0 }\n`,
  'models/a.sql': 'select {{var "edition"}} as edition\n',
  'models/b.sql': '{{config publish="table"}} select edition from {{ref "a"}}\n',
  'models/c.sql': '{{config materialized="view"}} select edition from {{ref "a"}}\n',
};

const edition = (value: number) => ({ variables: { edition: value } });

const SHOWN = `select (select edition from analytics.a) as a, (select edition from analytics.b) as b,
  (select edition from analytics.c) as c, (select max(sequence) from analytics__store._publication) as sequence`;

describe('a write-write conflict with another session', () => {
  it.each([
    ['while a node is built', 'create table analytics__store.a__'],
    ['when its build is completed', 'comment on table analytics__store.a__'],
  ])('%s: the whole node is tried again', async (_, statement) => {
    const model = modelProject(FILES);
    await model.build(edition(1));
    const warehouse = await openDuckdb(model.database);
    const rival = await warehouse.open();
    let conflicts = 0;
    let rolledBack: Promise<number> | undefined;
    const holdRow = async (sql: string) => {
      if (!sql.startsWith(statement) || conflicts++ > 0) return;
      await rival.execute('begin transaction');
      await rival.execute(
        "update analytics__store._version set status = 'held', duration_ms = 1 where status = 'building'",
      );
      rolledBack = new Promise((resolve) => setTimeout(() => resolve(rival.execute('rollback')), 300));
    };
    const { ended, published } = await interceptStatements(holdRow, () => model.build(edition(2)));
    await rolledBack;
    await warehouse.close();
    expect(conflicts).toBe(2);
    expect(ended).toEqual({ a: 'success', b: 'success', c: 'success' });
    expect(published).toEqual(['a', 'b', 'c']);
    expect(await model.sql(SHOWN)).toEqual([{ a: 2, b: 2, c: 2, sequence: 2 }]);
    const attempts = await model.sql(
      "select status, count(*) as n from analytics__store._version where node = 'model.shop.a' group by 1 order by 1",
    );
    expect(attempts).toEqual([
      { status: 'complete', n: 2n },
      { status: 'failed', n: 1n },
    ]);
  });
});

describe('a warehouse that fails in the middle of a publish', () => {
  const inPublish =
    /^(?:update "?analytics__store"?\."?_environment|insert into "?analytics__store"?\."?_publication|create or replace view analytics\.|alter table analytics\.|comment on \w+ analytics\.\w+ )/;

  it('at whichever statement has published nothing, and the next run publishes', async () => {
    const model = modelProject(FILES);
    await model.build(edition(1));
    const statements: string[] = [];
    const next = await interceptStatements(
      (sql) => void (inPublish.test(sql) && statements.push(sql)),
      () => model.build(edition(2)),
    );
    expect(next.published).toEqual(['a', 'b', 'c']);
    expect(statements.length).toBeGreaterThan(5);
    const points =
      process.env['MODEL_TEST_SIZE'] === 'full' ? statements.keys() : [0, 3, statements.length - 1];
    let value = 2;
    for (const point of points) {
      const [before] = await model.sql(SHOWN);
      let seen = 0;
      const breakAt = (sql: string) => {
        if (inPublish.test(sql) && seen++ === point)
          throw engineFailure('Connection', 'The connection broke.');
      };
      value += 1;
      const broken = interceptStatements(breakAt, () => model.build(edition(value)));
      await expect(broken).rejects.toMatchObject({ kind: 'connection' });
      expect(seen).toBe(point + 1);
      expect(await model.sql(SHOWN)).toEqual([before]);
    }
    expect((await model.build(edition(value))).summary.counts).toMatchObject({
      built: 0,
      reused: 3,
      published: 3,
    });
    expect(await model.sql(SHOWN)).toMatchObject([{ a: value, b: value, c: value }]);
    const left = await model.sql("select table_name from duckdb_tables() where schema_name = 'analytics'");
    expect(left).toEqual([{ table_name: 'b' }]);
  });

  it('by an interrupt has published all or nothing', async () => {
    const model = modelProject(FILES);
    await model.build(edition(1));
    for (const delay of [0, 1, 3]) {
      const abort = new AbortController();
      const interrupted = model.build({
        ...edition(2),
        signal: abort.signal,
        tell: ({ kind }) => {
          if (kind === 'publish-started') setTimeout(() => abort.abort(), delay);
        },
      });
      await interrupted.catch(() => undefined);
      const [row] = await model.sql(SHOWN);
      expect([1, 2]).toContain(row?.['a']);
      expect(row).toMatchObject({ b: row?.['a'], c: row?.['a'] });
    }
  });
});
