import { beforeEach, describe, expect, it } from 'vitest';
import { type Flags, type Model, modelProject, SHOP_YML } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { interceptStatements } from '../support/statements.ts';

const LANDING = { 'project.yml': SHOP_YML.replace('threads: 2', 'threads: 1, landing: landing') };
const THREADS = { threads: 1 };

/** A landed table with one row, whose id is the seed's. */
const orders = (id: number) => `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { id: 'integer' }, *rows() { yield [${id}]; } });
`;

const SOURCES = `sources:
  - name: raw
    tables: [{ name: orders, columns: [{ name: id, data_type: integer }] }]
  - name: crm
    tables: [{ name: prices, token: checksum }]
`;

const landed = {
  'seeds/orders.ts': orders(1),
  'models/sources.yml': SOURCES,
  'models/early.sql': 'select id from {{source "raw" "orders"}}\n',
  'models/late.sql': 'select o.id from {{source "raw" "orders"}} as o cross join {{ref "early"}} as e\n',
  'models/later.sql': 'select id from {{ref "late"}}\n',
};

const foreign = {
  'models/sources.yml': SOURCES,
  'models/early.sql': 'select price from {{source "crm" "prices"}}\n',
  'models/late.sql': 'select p.price from {{source "crm" "prices"}} as p cross join {{ref "early"}} as e\n',
};

const PRICES = ['create schema crm', 'create table crm.prices as select 5 as price'];

/** Builds, while others do something right before a statement of it is sent, as often as is said. */
async function buildBeside(
  model: Model,
  statement: RegExp,
  others: () => Promise<unknown>,
  { times = 1, ...flags }: Flags & { readonly times?: number } = {},
) {
  let left = times;
  let isOther = false;
  const intrude = async (sql: string) => {
    if (isOther || left === 0 || !statement.test(sql)) return;
    left--;
    isOther = true;
    await others();
    isOther = false;
  };
  return interceptStatements(intrude, () => model.build({ ...THREADS, ...flags }));
}

const LATE = /^create table "?analytics__store"?\."?late__/;
const load = (model: Model) => model.build({ builds: false, tests: false });

/** What is published of a model's only column, in order. */
async function shown(model: Model, name: string): Promise<unknown[]> {
  const rows = await model.sql(`select * from analytics.${name}`);
  return rows.map((row) => Object.values(row)[0]);
}

const engines: readonly ((title: string, body: (project: typeof modelProject) => void) => void)[] = [
  (title, body) =>
    describe(`${title} on DuckDB`, () => body((files) => modelProject({ ...LANDING, ...files }))),
  (title, body) =>
    describePostgres(`${title} on PostgreSQL`, (database) => {
      beforeEach(() => clearDatabase(database));
      body((files) => modelProject(files, onDatabase(database)));
    }),
];

for (const describeEngine of engines) {
  describeEngine('A source that others change while a run is at work', (project) => {
    it('gives later nodes keys of what they have read, so that the next run builds the others only', async () => {
      const model = project(landed);
      await model.build(THREADS);
      model.write({ 'seeds/orders.ts': orders(2) });
      const change = async () => {
        model.write({ 'seeds/orders.ts': orders(3) });
        await load(model);
      };
      const first = await buildBeside(model, LATE, change);
      expect(first.ended).toEqual({ orders: 'success', early: 'success', late: 'success', later: 'success' });
      expect([await shown(model, 'early'), await shown(model, 'late')]).toEqual([[2], [3]]);
      const next = await model.build(THREADS);
      expect(next.ended).toMatchObject({ early: 'success', late: 'success', later: 'success' });
      expect([await shown(model, 'early'), await shown(model, 'late')]).toEqual([[3], [3]]);
      expect((await model.build(THREADS)).ended).toEqual({
        orders: 'reused',
        early: 'reused',
        late: 'reused',
        later: 'reused',
      });
    });

    it('lets the next run reuse what was built of the rows that came meanwhile', async () => {
      const model = project({
        ...landed,
        'models/late.sql': 'select id, 1 as late from {{source "raw" "orders"}}\n',
      });
      const change = async () => {
        model.write({ 'seeds/orders.ts': orders(3) });
        await load(model);
      };
      await buildBeside(model, LATE, change);
      const next = await model.build(THREADS);
      expect(next.ended).toEqual({ orders: 'reused', early: 'reused', late: 'reused', later: 'reused' });
    });

    it('does not leave its rows under the key of those that come back later', async () => {
      const model = project(foreign);
      await model.sql(...PRICES);
      await buildBeside(model, LATE, () => model.sql('update crm.prices set price = 6'));
      expect(await shown(model, 'late')).toEqual([6]);
      await model.sql('update crm.prices set price = 5');
      expect((await model.build(THREADS)).ended).toEqual({ early: 'reused', late: 'success' });
      expect(await shown(model, 'late')).toEqual([5]);
    });

    it('is seen through views', async () => {
      const model = project({
        ...foreign,
        'models/prices.sql': '{{config materialized="view"}} select price from {{source "crm" "prices"}}\n',
        'models/late.sql': 'select p.price from {{ref "prices"}} as p cross join {{ref "early"}} as e\n',
      });
      await model.sql(...PRICES);
      await buildBeside(model, LATE, () => model.sql('update crm.prices set price = 6'));
      await model.sql('update crm.prices set price = 5');
      await model.build(THREADS);
      expect(await shown(model, 'late')).toEqual([5]);
    });

    it('is seen through published views that the run does not build', async () => {
      const model = project({
        ...foreign,
        'models/prices.sql': '{{config materialized="view"}} select price from {{source "crm" "prices"}}\n',
        'models/late.sql': 'select price from {{ref "prices"}}\n',
      });
      await model.sql(...PRICES);
      await model.build({ ...THREADS, publishLive: true });
      await model.sql('update crm.prices set price = 6');
      expect((await model.build({ ...THREADS, select: ['late'] })).ended).toEqual({ late: 'success' });
      expect(await shown(model, 'late')).toEqual([6]);
      expect((await model.build({ ...THREADS, select: ['late'] })).ended).toEqual({ late: 'reused' });
    });

    it('keeps a node that it never lets come to rest from being reused', async () => {
      const model = project(foreign);
      await model.sql(...PRICES);
      const change = () => model.sql('update crm.prices set price = price + 1');
      const first = await buildBeside(model, LATE, change, { times: 20 });
      expect(first.ended).toEqual({ early: 'success', late: 'success' });
      expect((await model.build(THREADS)).ended).toMatchObject({ late: 'success' });
      expect((await model.build(THREADS)).ended).toEqual({ early: 'reused', late: 'reused' });
    });

    it('does not leave verdicts of its tests for what was there before', async () => {
      const model = project({
        'models/sources.yml': SOURCES.replace(
          'token: checksum',
          'token: checksum, columns: [{ name: price, data_type: integer, tests: [accepted_range: { max_value: 5 }] }]',
        ),
        'models/early.sql': 'select price from {{source "crm" "prices"}}\n',
      });
      await model.sql('create schema crm', 'create table crm.prices as select 7 as price');
      const test = /^(select|with)[\s\S]*"?crm"?\."?prices"?[\s\S]*\b5\b/;
      await buildBeside(model, test, () => model.sql('update crm.prices set price = 5'));
      await model.sql('update crm.prices set price = 7');
      const next = await model.build(THREADS);
      expect(Object.values(next.ended)).toContain('fail');
    });
  });
}
