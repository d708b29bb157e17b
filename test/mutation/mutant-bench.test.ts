import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { compileModel } from '../../src/compile/compile-sql.ts';
import { compileDataTest } from '../../src/data-test/compile-data-test.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { TestConfig } from '../../src/manifest/config.ts';
import { MutantBench } from '../../src/mutation/mutant-bench.ts';
import { openInMemory } from '../../src/warehouse/open.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { fixtureCompilation, modelId, singularTestNode } from '../compile/fixture-manifest.ts';

/** A query that is at work for longer than a test waits. */
const ENDLESS = 'select count(*) as rows from range(1000000000) as a, range(1000000000) as b';

describe('A bench', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openInMemory();
  });
  afterAll(() => warehouse.close());

  async function bench(): Promise<MutantBench> {
    const { temporaryTables } = duckdbDialect;
    if (temporaryTables === undefined) throw new Error('DuckDB has temporary tables.');
    const opened = await MutantBench.open(
      {
        warehouse,
        temporaryTables,
        relationOf: () => ({ schema: 'main', name: 'orders' }),
        embedded: warehouse,
      },
      orders(),
    );
    onTestFinished(() => opened.close());
    await opened.make('select 1 as id, 2 as amount');
    return opened;
  }

  function orders() {
    const { compilation } = fixtureCompilation({ models: { orders: 'select 1 as id' } });
    const node = compilation.manifest.nodes.get(modelId('orders'));
    const compiled = node?.resourceType === 'model' ? compileModel(compilation, node) : undefined;
    if (compiled === undefined) throw new Error('not compiled');
    return compiled;
  }

  /** A singular test that reads the model. */
  function failing(sql: string, config: Partial<TestConfig> = {}) {
    const node = singularTestNode('judge', sql, config);
    const { compilation, diagnostics } = fixtureCompilation({
      models: { orders: 'select 1 as id' },
      tests: [node],
    });
    const compiled = compileDataTest(compilation, node);
    expect(diagnostics).toEqual([]);
    if (compiled === undefined) throw new Error('not compiled');
    return { compiled, between: [] };
  }

  const one = 'select * from {{ref "orders"}}';
  const none = `${one} where id > 1`;

  test.each([
    ['rows', one, undefined, true],
    ['no rows', none, undefined, false],
    ['an aggregate with a comment behind it', one, 'count(*) -- all of them', true],
    ['an aggregate of nothing, which is no failure', none, 'max(amount)', false],
    [
      'an aggregate that is NULL, which is an error in a run too',
      one,
      'max(case when id > 1 then 1 end)',
      true,
    ],
    ['an aggregate that is no whole number, which is one too', one, 'sum(amount) / 4.0', true],
    ['an error of the engine', 'select cast(\'x\' as integer) as x from {{ref "orders"}}', undefined, true],
  ])('judges as a run does: %s', async (_, sql, failCalc, fails) => {
    const config = failCalc === undefined ? {} : { failCalc };
    expect(await (await bench()).dataTestFails(failing(sql, config))).toBe(fails);
  });

  test('work that takes too long has noticed the mutant', async () => {
    const impatient = await bench();
    impatient.patience = 50;
    expect(await impatient.dataTestFails(failing(`${ENDLESS}, {{ref "orders"}}`))).toBe(true);
    expect(await impatient.dataTestFails(failing(none))).toBe(false);
  });

  test('work that is cancelled by others has noticed nothing', async () => {
    const cancelled = await bench();
    const judging = cancelled.dataTestFails(failing(`${ENDLESS}, {{ref "orders"}}`));
    setTimeout(() => cancelled.cancel(), 50);
    await expect(judging).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
