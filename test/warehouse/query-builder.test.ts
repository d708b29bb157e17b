import { describe, expect, test } from 'vitest';
import { type QueryBuilder, queryBuilder, statementOf } from '../../src/warehouse/query-builder.ts';
import { scratchSession } from './duckdb/scratch.ts';

const scratch = scratchSession();

async function send(query: Parameters<typeof statementOf>[0]) {
  const { sql, bindings } = statementOf(query);
  return scratch.session.query(sql, bindings);
}

async function stateTable(name: string): Promise<() => ReturnType<QueryBuilder['withSchema']>> {
  await scratch.session.execute('create schema if not exists "My Store"');
  await scratch.session.execute(`create or replace table "My Store".${name} (
    key varchar primary key, created_at timestamp, cost decimal(18, 2), row_count bigint, is_live boolean, pruned_at timestamp)`);
  const knex = await queryBuilder();
  return () => knex.withSchema('My Store').from(name);
}

describe('what the query builder writes', () => {
  test('is one statement with numbered parameters', async () => {
    const knex = await queryBuilder();
    expect(
      statementOf(
        knex.withSchema('store').from('_version').select('key').where({ name: "it's" }).whereIn('id', [1, 2]),
      ),
    ).toEqual({
      sql: 'select "key" from "store"."_version" where "name" = $1 and "id" in ($2, $3)',
      bindings: ["it's", 1, 2],
    });
  });

  test('inserts texts, decimals, moments, big integers, booleans and NULL', async () => {
    const table = await stateTable('_inserted');
    await send(
      table().insert([
        {
          key: "it's",
          created_at: '2024-01-01 10:00:00.5',
          cost: '1.10',
          row_count: '9007199254740993',
          is_live: true,
          pruned_at: null,
        },
        { key: 'b', created_at: null, cost: null, row_count: 5, is_live: false, pruned_at: null },
      ]),
    );
    expect((await send(table().select('*').orderBy('key'))).rows).toEqual([
      { key: 'b', created_at: null, cost: null, row_count: 5n, is_live: false, pruned_at: null },
      {
        key: "it's",
        created_at: '2024-01-01 10:00:00.5',
        cost: '1.10',
        row_count: 9007199254740993n,
        is_live: true,
        pruned_at: null,
      },
    ]);
  });

  test('updates with a comparison and tells how many rows changed', async () => {
    const table = await stateTable('_updated');
    await send(table().insert({ key: 'a', row_count: 1, created_at: '2024-01-01 00:00:00' }));
    const swap = (from: number) =>
      statementOf(
        table()
          .where({ key: 'a', row_count: from })
          .update({ row_count: from + 1 }),
      );
    const counts: number[] = [];
    for (const { sql, bindings } of [swap(1), swap(1)])
      counts.push(await scratch.session.execute(sql, bindings));
    expect(counts).toEqual([1, 0]);
    expect(
      (
        await send(
          table().whereNull('pruned_at').where('created_at', '<', '2024-01-02 00:00:00').select('row_count'),
        )
      ).rows,
    ).toEqual([{ row_count: 2n }]);
  });

  test('selects with whereIn over bound texts, moments and an empty list', async () => {
    const table = await stateTable('_selected');
    await send(table().insert(['a', 'b', 'c'].map((key) => ({ key, created_at: '2024-01-01 00:00:00' }))));
    expect((await send(table().whereIn('key', ['a', 'c']).select('key').orderBy('key'))).rows).toEqual([
      { key: 'a' },
      { key: 'c' },
    ]);
    expect(
      (await send(table().whereIn('created_at', ['2024-01-01 00:00:00']).count({ n: '*' }))).rows,
    ).toEqual([{ n: 3n }]);
    expect((await send(table().whereIn('key', []).select('key'))).rows).toEqual([]);
  });

  test('refuses a binding that no engine takes', async () => {
    const knex = await queryBuilder();
    expect(() => statementOf(knex.from('t').where({ at: new Date(0) }))).toThrow(TypeError);
  });
});
