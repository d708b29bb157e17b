import { expect, it } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { differenceQuery } from '../../src/run/verify-reuse.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { modelProject } from '../support/model.ts';
import { interceptStatements } from '../support/statements.ts';

const version = {
  relation: { schema: 'main', name: 'kept' },
  columns: [
    { name: 'n', type: 'INTEGER' },
    { name: 'order', type: 'VARCHAR' },
  ],
};
const again = { schema: 'main', name: 'again' };

it('Rows are compared as a multiset, in one statement', () => {
  expect(differenceQuery(duckdbDialect, version, again)).toBe(`select count(*) as differences
from (
  select n, "order", sum(side) as balance
  from (
    select n, "order", 1 as side
    from main.kept
    union all
    select n, "order", -1 as side
    from main.again
  ) as both_sides
  group by n, "order"
  having sum(side) <> 0
) as differing`);
});

it.each([
  ['the same rows in another order, NULLs too', "(1, 'a'), (null, null), (2, 'b')", 0],
  ['a row that is there once more', "(null, null), (1, 'a'), (1, 'a'), (2, 'b')", 1],
  ['a row that is missing', "(null, null), (1, 'a')", 1],
  ['another value', "(null, null), (1, 'a'), (2, 'c')", 2],
])('Of %s it counts what differs', async (_, rows, differences) => {
  const warehouse = await openDuckdb(':memory:');
  const session = await warehouse.open();
  const create = (name: string, values: string) =>
    session.execute(`create table ${name} as select * from (values ${values}) as t(n, "order")`);
  await create('kept', "(null, null), (1, 'a'), (2, 'b')");
  await create('again', rows);
  const result = await session.query(differenceQuery(duckdbDialect, version, again));
  await warehouse.close();
  expect(Number(result.rows[0]?.['differences'])).toBe(differences);
});

it('Two runs that compare the same table at once do not meet', async () => {
  const model = modelProject({ 'models/daily.sql': 'select 1 as n\n' });
  await model.build();
  let other: Promise<unknown> | undefined;
  const compareBeside = async (sql: string) => {
    if (other !== undefined || !sql.startsWith('select count(*) as differences')) return;
    other = model.build({ verifyReuse: true });
    expect(await other).toMatchObject({ ended: { daily: 'reused' } });
  };
  const first = await interceptStatements(compareBeside, () => model.build({ verifyReuse: true }));
  expect(first.ended).toEqual({ daily: 'reused' });
  expect(other).toBeDefined();
});

it('What was to be reused and was skipped is not compared', async () => {
  const model = modelProject({
    'models/u.sql': 'select 1 as n\n',
    'models/t.sql': 'select n from {{ref "u"}}\n',
    'models/w.sql': 'select n from {{ref "t"}}\n',
  });
  await model.build();
  model.write({
    'models/u.yml':
      'models: [{ name: u, columns: [{ name: n, tests: [accepted_range: { max_value: 0 }] }] }]\n',
  });
  const ran = await model.build({ verifyReuse: true });
  expect(ran.ended).toMatchObject({ u: 'reused', t: 'skipped', w: 'skipped' });
  expect(ran.published).toEqual([]);
});

it('A table over a view that reads the clock is not compared', async () => {
  const model = modelProject({
    'models/now.sql': '{{config materialized="view"}} select epoch_ms(now()) as ms\n',
    'models/kept.sql': 'select ms from {{ref "now"}}\n',
    'models/broken.sql': 'select cast(\'x\' || ms as integer) as n from {{ref "kept"}}\n',
  });
  expect((await model.build()).ended).toMatchObject({ kept: 'success', broken: 'error' });
  expect((await model.build({ verifyReuse: true })).ended).toMatchObject({ kept: 'reused' });
});

it('A table of a source without a token, which a run that broke off has left, is not compared', async () => {
  const model = modelProject({
    'models/sources.yml': 'sources: [{ name: crm, tables: [{ name: prices }] }]\n',
    'models/kept.sql': 'select price from {{source "crm" "prices"}}\n',
    'models/broken.sql': 'select cast(\'x\' || price as integer) as n from {{ref "kept"}}\n',
  });
  await model.sql('create schema crm', 'create table crm.prices as select 5 as price');
  await model.build();
  await model.sql('update crm.prices set price = 6');
  expect((await model.build({ verifyReuse: true })).ended).toMatchObject({ kept: 'reused' });
});
