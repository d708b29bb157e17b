import { beforeEach, describe, expect, it } from 'vitest';
import { modelProject, SHOP_YML } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { interceptStatements } from '../support/statements.ts';

const testedWith = (config: string) =>
  `models: [{ name: daily, columns: [{ name: n, tests: [accepted_range: { name: small, max_value: 5, config: { ${config} } }] }] }]\n`;

describe('The failing rows of a test whose verdict was known', () => {
  it('stay where they were stored by this run, which tested a source again that moved', async () => {
    const model = modelProject({
      'models/sources.yml': `sources:
  - name: crm
    tables: [{ name: prices, token: checksum, columns: [{ name: price, tests: [not_null: { name: priced }] }] }]
`,
      'models/t.sql': 'select price from {{source "crm" "prices"}}\n',
    });
    await model.sql('create schema crm', 'create table crm.prices as select 5 as price');
    await model.build();
    model.write({ 'models/t.sql': 'select price + 1 as price from {{source "crm" "prices"}}\n' });
    let hasMoved = false;
    const move = async (sql: string) => {
      if (hasMoved || !/^create table "?analytics__store"?\."?t__/.test(sql)) return;
      hasMoved = true;
      await model.sql('insert into crm.prices values (null)');
    };
    const { ended } = await interceptStatements(move, () => model.build({ threads: 1, storeFailures: true }));
    expect(ended).toEqual({ t: 'success', priced: 'fail' });
    expect(await model.sql('select * from analytics__failures.priced')).toEqual([{ price: null }]);
  });
});

describePostgres('The failing rows that an earlier run left', (database) => {
  beforeEach(() => clearDatabase(database));

  it('stay under views of people once the test is known to pass, with a warning, and the rest is published', async () => {
    const model = modelProject(
      { 'models/daily.sql': 'select 1 as n\n', 'models/daily.yml': testedWith('store_failures: true') },
      onDatabase(database),
    );
    await model.build();
    model.write({ 'models/daily.sql': 'select 9 as n\n' });
    expect((await model.build()).ended).toMatchObject({ small: 'fail' });
    await model.sql(
      'create schema people',
      'create view people.bad as select n from analytics__failures.small',
    );
    model.write({ 'models/daily.sql': 'select 1 as n\n', 'models/other.sql': 'select 2 as n\n' });
    const { ended, published, warnings } = await model.build();
    expect(ended).toEqual({ daily: 'reused', other: 'success', small: 'cached pass' });
    expect(published).toEqual(['other']);
    expect(warnings).toEqual([expect.stringMatching(/^STO-023 .*analytics__failures\.small.*depend/s)]);
    const again = await model.build({ ignoreVerdicts: true });
    expect(again.ended).toMatchObject({ small: 'pass' });
    expect(again.summary.results.find(({ name }) => name === 'small')?.message).toMatch(
      /^The earlier failing rows could not be dropped: .*depend/s,
    );
    await model.sql('drop view people.bad');
    expect((await model.build()).warnings).toEqual([]);
    await expect(model.sql('select n from analytics__failures.small')).rejects.toThrow(/does not exist/);
  });
});

describe('A test that passes with some failing rows, which are stored', () => {
  it('guards what it has passed over, where nothing untested is published', async () => {
    const model = modelProject({
      'project.yml': SHOP_YML.replace('threads: 2', 'threads: 2, publish_untested: false'),
      'models/daily.sql': 'select 9 as n\n',
      'models/daily.yml': testedWith('store_failures: true, error_if: "> 10", warn_if: "> 5"'),
      'models/weekly.sql': 'select n from {{ref "daily"}}\n',
    });
    expect((await model.build()).ended).toMatchObject({ small: 'pass' });
    model.write({ 'models/weekly.sql': 'select n + 1 as n from {{ref "daily"}}\n' });
    const { published, warnings } = await model.run();
    expect([published, warnings]).toEqual([['weekly'], []]);
    expect((await model.build()).ended).toMatchObject({ small: 'pass' });
  });
});
