import { describe, expect, test } from 'vitest';
import { listJson, listRows, listTable, listText } from '../../src/artifact/list-rows.ts';
import { buildDag, type Dag } from '../../src/manifest/dag.ts';
import { select } from '../../src/manifest/select.ts';
import { rowsCsv } from '../../src/report/rows-csv.ts';
import { generatedSeed, genericTest, manifestOf, model, source } from '../support/manifest.ts';

const refuse = (diagnostic: { message: string }) => {
  throw new Error(diagnostic.message);
};

function shop(): Dag {
  const dag = buildDag(
    manifestOf([
      generatedSeed('events'),
      source('raw.events'),
      model('daily', ['raw.events'], { folder: 'marts', tags: ['nightly', 'core'] }),
      genericTest('unique', ['daily']),
    ]),
    refuse,
  );
  if (dag === undefined) throw new Error('no DAG');
  return dag;
}

const EVERYTHING = { select: [], exclude: [] };

describe('model ls', () => {
  test('prints selectors in topological order, and each selects its own node again', () => {
    const dag = shop();
    const all = select(dag, EVERYTHING, refuse);
    const text = listText(dag, all);
    expect(text).toBe('shop.events\nsource:shop.raw.events\nshop.marts.daily\nshop.unique_daily_id\n');
    for (const [index, selector] of text.trimEnd().split('\n').entries()) {
      const { nodes } = select(dag, { select: [selector], exclude: [] }, refuse);
      expect([...nodes]).toContain([...all.nodes][index]);
    }
  });

  test('gives rows under the keys of dbt, as one JSON array', () => {
    const dag = shop();
    const rows = listRows(dag, select(dag, { select: ['daily'], exclude: ['test_type:*'] }, refuse));
    expect(JSON.parse(listJson(rows))).toEqual([
      {
        name: 'daily',
        resource_type: 'model',
        unique_id: 'model.shop.daily',
        package_name: 'shop',
        original_file_path: 'models/marts/daily.sql',
        alias: 'daily',
        description: '',
        tags: ['nightly', 'core'],
        config: expect.objectContaining({ materialized: 'view', enabled: true }),
        depends_on: { nodes: ['source.shop.raw.events'] },
      },
    ]);
    expect(JSON.parse(listJson([]))).toEqual([]);
  });

  test('gives a flat table for CSV', () => {
    const dag = shop();
    const rows = listRows(dag, select(dag, { select: ['daily'], exclude: ['test_type:*'] }, refuse));
    expect(rowsCsv(listTable(rows))).toBe(
      'name,resource_type,unique_id,package_name,original_file_path,tags\n' +
        'daily,model,model.shop.daily,shop,models/marts/daily.sql,nightly core\n',
    );
  });
});
