import { describe, expect, test } from 'vitest';
import { bindCompiled } from '../../src/compile/bound-sql.ts';
import { compileManifest } from '../../src/compile/compile.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { fixtureCompilation, modelId } from './fixture-manifest.ts';

const MODELS = {
  orders: 'select 1 as id, 2 as user_id',
  users: 'select 2 as id',
  order: 'select 7 as id',
  inline: { sql: 'select 2 as id', materialized: 'ephemeral' as const },
};

/** The SQL of a query as it is sent: the relations have the names of versions. */
function sent(sql: string): string {
  const { compilation, diagnostics } = fixtureCompilation({ models: { ...MODELS, query: sql } });
  const compiled = compileManifest(compilation, new Set([modelId('query')])).get(modelId('query'));
  expect(diagnostics).toEqual([]);
  if (compiled === undefined) throw new Error('not compiled');
  return bindCompiled(compiled, (uniqueId) => `store.${uniqueId.replace(/^.*\./, '')}__3fa9`).sql;
}

describe('a relation whose name qualifies columns gets it for an alias:', () => {
  test.each([
    ['select orders.id from {{ref "orders"}}', 'select orders.id from store.orders__3fa9 as orders'],
    [
      'select orders.*, users.id as u from {{ref "orders"}} left join {{ref "users"}} on Orders.user_id = users.id',
      'select orders.*, users.id as u from store.orders__3fa9 as orders left join store.users__3fa9 as users on Orders.user_id = users.id',
    ],
    [
      'select 1 from {{ref "orders"}}, {{ref "users"}} u where "orders".id = u.id or true',
      'select 1 from store.orders__3fa9 as orders, store.users__3fa9 u where "orders".id = u.id or true',
    ],
    [
      'select "order".id from {{ref "order"}} -- x',
      'select "order".id from store.order__3fa9 as "order" -- x',
    ],
    [
      'select (select max(users.id) from {{ref "users"}} where users.id = orders.id) from {{ref "orders"}}',
      'select (select max(users.id) from store.users__3fa9 as users where users.id = orders.id) from store.orders__3fa9 as orders',
    ],
    [
      'select users.id from ({{ref "orders"}} o join {{ref "users"}} on true)',
      'select users.id from (store.orders__3fa9 o join store.users__3fa9 as users on true)',
    ],
    [
      'select inline.id from {{ref "inline"}}',
      'with __model__cte__inline as (\nselect 2 as id\n)\nselect inline.id from __model__cte__inline as inline',
    ],
  ])('%s', async (template, expected) => {
    expect(sent(template)).toBe(expected);
    const warehouse = await openDuckdb(':memory:');
    const session = await warehouse.open();
    await session.execute('create schema store');
    for (const name of ['orders', 'users', 'order'] as const)
      await session.execute(`create table store.${name}__3fa9 as ${MODELS[name]}`);
    await session.query(expected);
    await warehouse.close();
  });
});

describe('a relation stays as it was typed', () => {
  test.each([
    'select id from {{ref "orders"}}',
    'select o.id from {{ref "orders"}} o where o.id = 1',
    'select orders.id from {{ref "users"}} as orders',
    'with orders as (select * from {{ref "orders"}}) select orders.id from orders',
    'select s.orders.id from {{ref "orders"}} as s',
    'select * from (select * from {{ref "orders"}}) as orders where orders.id = 1',
  ])('in %s', (template) => {
    expect(sent(template)).toBe(template.replaceAll(/\{\{ref "(\w+)"\}\}/g, 'store.$1__3fa9'));
  });
});
