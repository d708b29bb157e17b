import { beforeAll, expect, test } from 'vitest';
import type { TestEngine } from '../support/engines.ts';
import { describeEngines } from '../support/engines.ts';
import { type Declared, rows, sqlOf } from './test-bench.ts';

const ODD = `ada's "best" table`;

/** The names of columns in the failing rows of a test on relations with quotes in their names. */
async function oddFailures(
  { session, dialect }: TestEngine,
  name: string,
  declared: Declared,
  query: string,
): Promise<readonly unknown[]> {
  const nameOf = (model: string) => dialect.relation({ schema: 'analytics', name: `${ODD} ${model}` });
  for (const model of ['tested', 'other', 'third']) {
    await session.execute(`drop table if exists ${nameOf(model)}`);
    await session.execute(`create table ${nameOf(model)} as ${query}`);
  }
  return (await session.query(sqlOf(dialect, name, declared, nameOf))).rows;
}

describeEngines('A relation with quotes in its name', (engine) => {
  beforeAll(() => engine.session.execute('create schema analytics'));

  test.each([
    ['column_exists', { column: 'id' }],
    ['column_type', { column: 'id', arguments: { column_type: 'integer' } }],
    ['columns_match_set', { arguments: { column_list: ['id', 'name'] } }],
    ['unique', { column: 'id' }],
  ] satisfies [string, Declared][])('is tested by %s', async (name, declared) => {
    expect(await oddFailures(engine, name, declared, rows('id name', ['1', "'ada'"]))).toEqual([]);
  });
});
