import { expect, test } from 'vitest';
import { storeFailures } from '../../src/run/store-failures.ts';
import { readRelations } from '../../src/store/catalog.ts';
import { readMarker } from '../../src/store/marker.ts';
import { genericTestNode } from '../compile/fixture-manifest.ts';
import { describeEngines } from '../support/engines.ts';

describeEngines('failing rows are kept', (engine) => {
  const table = { schema: 'shop__failures', name: 'capped' };

  async function stored(sql: string, limit?: number) {
    const { session, dialect } = engine;
    const result = await storeFailures({
      ...{ session, dialect, sql, table, runId: 'run-1', personal: new Set(['email']) },
      test: genericTestNode('unique', { column: 'id', config: { limit } }),
    });
    return result;
  }

  async function rows() {
    const { rows: found } = await engine.session.query(
      `select * from ${engine.dialect.relation(table)} order by id`,
    );
    return found.map((row) => ({ ...row, id: Number(row['id']) }));
  }

  test('in place of earlier ones, personal data masked, NULL as NULL', async () => {
    await stored('select 7 as id');
    const failing = "select 1 as id, 'ada@x.org' as email union all select 2, null";
    expect(await stored(failing)).toEqual({ relation: table });
    expect(await rows()).toEqual([
      { id: 1, email: '***' },
      { id: 2, email: null },
    ]);
    const { relations } = await readRelations(engine.session, engine.dialect, [table.schema]);
    expect(relations.map(({ comment }) => readMarker(comment))).toMatchObject([
      { role: 'failures', test: 'test.shop.unique.1', run: 'run-1' },
    ]);
    await stored(`${failing} union all select 3, null`, 1);
    expect(await rows()).toHaveLength(1);
  });

  test('or the result says why they are not', async () => {
    const result = await stored('select 1 / nothing as id');
    expect(result.relation).toBeUndefined();
    expect(result.message).toMatch(/^The failing rows could not be stored: .*nothing/);
  });
});
