import { beforeEach, describe, expect, it } from 'vitest';
import { type Model, modelProject } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';

describePostgres('Publishing on PostgreSQL', (database) => {
  const project = (files: Readonly<Record<string, string>>) => modelProject(files, onDatabase(database));

  beforeEach(async () => {
    await clearDatabase(database);
    await database.admin(
      'create schema people',
      ...['analyst', 'tableau'].map(
        (name) => `do $$ begin create role ${name}; exception when duplicate_object then null; end $$`,
      ),
    );
  });

  describe('beside views that people built', () => {
    it('refuses to swap a table under them before anything is built', async () => {
      const model = project({ 'models/daily.sql': '{{config publish="table"}} select 1 as n\n' });
      await model.build();
      await model.sql('create view people.mine as select n from analytics.daily');
      model.write({ 'models/daily.sql': '{{config publish="table"}} select 2 as n\n' });
      await expect(model.build()).rejects.toThrow(/STO-013 .*people\.mine/);
      expect(await versionsOf(model, 'daily')).toBe(1);
      expect(await model.sql('select n from people.mine')).toEqual([{ n: 1 }]);
    });

    it('refuses to drop a view under them once its columns are known, goes on with others, and shows what it showed', async () => {
      const model = project({
        'models/daily.sql': 'select 1 as n\n',
        'models/weekly.sql': 'select n from {{ref "daily"}}\n',
        'models/other.sql': 'select 1 as n\n',
      });
      await model.build();
      await model.sql('create view people.mine as select n from analytics.daily');
      model.write({ 'models/daily.sql': `select 'two' as n\n`, 'models/other.sql': 'select 2 as n\n' });
      const { ended, published, summary } = await model.build();
      expect(ended).toEqual({ daily: 'error', weekly: 'skipped', other: 'success' });
      expect(published).toEqual(['other']);
      expect(summary.results.find(({ name }) => name === 'daily')?.diagnostic).toMatchObject({
        code: 'STO-013',
        message: expect.stringContaining('people.mine'),
      });
      expect(await model.sql('select n from people.mine')).toEqual([{ n: 1 }]);
    });

    it('keeps a retired relation under them whose time is over, with a warning, and publishes the rest', async () => {
      const place = onDatabase(database, 'retire_after: 0\n');
      const model = modelProject(
        { 'models/daily.sql': 'select 1 as n\n', 'models/gone.sql': 'select 2 as n\n' },
        place,
      );
      await model.build();
      await model.sql('create view people.mine as select n from analytics.gone');
      model.write({ 'models/gone.sql': null });
      await model.build();
      model.write({ 'models/daily.sql': 'select 3 as n\n' });
      const { ended, published, warnings } = await model.build();
      expect([ended, published]).toEqual([{ daily: 'success' }, ['daily']]);
      expect(warnings.join('\n')).toMatch(/STO-021.*analytics\.gone.* people\.mine stands on it/);
      expect(await model.sql('select n from people.mine')).toEqual([{ n: 2 }]);
      expect((await model.build()).warnings.join('\n')).toMatch(/STO-021/);
      await model.sql('drop view people.mine');
      expect((await model.build()).warnings).toEqual([]);
      await expect(model.sql('select n from analytics.gone')).rejects.toThrow(/does not exist/);
    });

    it('refuses to drop a view under them before anything is built, where its columns are known from an earlier build', async () => {
      const model = project({ 'models/daily.sql': 'select 1 as n\n' });
      await model.build();
      await model.sql('create view people.mine as select n from analytics.daily');
      model.write({ 'models/daily.sql': `select 'two' as n\n` });
      await model.build();
      model.write({ 'models/other.sql': 'select 1 as n\n' });
      await expect(model.build()).rejects.toThrow(/STO-013 .*people\.mine/);
      expect(await versionsOf(model, 'other')).toBe(0);
      await model.sql('drop view people.mine');
      expect((await model.build()).published).toEqual(['daily', 'other']);
    });

    it('replaces a view under them that keeps its columns, or gets further ones', async () => {
      const model = project({ 'models/daily.sql': 'select 1 as n\n' });
      await model.build();
      await model.sql('create view people.mine as select n from analytics.daily');
      model.write({ 'models/daily.sql': 'select 2 as n, 3 as more\n' });
      await model.build();
      expect(await model.sql('select n from people.mine')).toEqual([{ n: 2 }]);
    });
  });

  describe('keeps what people granted', () => {
    const granted = `select has_table_privilege('analyst', 'analytics.daily', 'select') as theirs,
      has_table_privilege('tableau', 'analytics.daily', 'select') as ours`;

    it.each([
      ['a view that is dropped and made anew', 'select 1 as n\n', `select 'x' as n\n`],
      [
        'a table that is swapped',
        '{{config publish="table"}} select 1 as n\n',
        `{{config publish="table"}} select 'x' as n\n`,
      ],
      ['a view that becomes a table', 'select 1 as n\n', '{{config publish="table"}} select 2 as n\n'],
      ['a table that becomes a view', '{{config publish="table"}} select 1 as n\n', 'select 2 as n\n'],
    ])('on %s', async (_, before, after) => {
      const model = project({ 'models/daily.sql': before, 'models/daily.yml': GRANTED });
      await model.build();
      await model.sql('grant select on analytics.daily to analyst');
      expect(await model.sql(granted)).toEqual([{ theirs: true, ours: true }]);
      model.write({ 'models/daily.sql': after });
      await model.build();
      expect(await model.sql(granted)).toEqual([{ theirs: true, ours: true }]);
    });

    it('and takes back its own grants alone', async () => {
      const model = project({ 'models/daily.sql': 'select 1 as n\n', 'models/daily.yml': GRANTED });
      await model.build();
      await model.sql('grant select on analytics.daily to analyst');
      model.write({ 'models/daily.yml': null });
      await model.build();
      expect(await model.sql(granted)).toEqual([{ theirs: true, ours: false }]);
    });

    it('refuses a grantee whom the server does not know before anything is built', async () => {
      const files = {
        'models/daily.sql': 'select 1 as n\n',
        'models/daily.yml': GRANTED.replace('tableau', 'tablau'),
      };
      const model = project(files);
      await expect(model.build()).rejects.toThrow(/STO-014 .*"tablau"/);
      expect(await versionsOf(model, 'daily')).toBe(0);
    });
  });

  it('shows what is described to everybody who looks at the catalog', async () => {
    const model = project({
      'models/daily.sql': '{{config publish="table"}} select 1 as n\n',
      'models/daily.yml': `models:
  - name: daily
    description: "It's a table — with ümlauts"
    columns: [{ name: n, description: "A number;\\nof two lines" }]
`,
    });
    await model.build();
    const comments = `select obj_description('analytics.daily'::regclass) as relation, col_description('analytics.daily'::regclass, 1) as "column"`;
    expect(await model.sql(comments)).toEqual([
      { relation: expect.stringContaining("It's a table — with ümlauts"), column: 'A number;\nof two lines' },
    ]);
  });

  it('leaves a relation alone that somebody else made, until it may adopt it', async () => {
    const model = project({ 'models/daily.sql': 'select 1 as n\n' });
    await model.sql('create schema analytics', 'create table analytics.daily as select 7 as theirs');
    await expect(model.build()).rejects.toThrow(/STO-005 .*"analytics\.daily" is a table/);
    expect(await model.sql('select * from analytics.daily')).toEqual([{ theirs: 7 }]);
    await model.build({ adopt: new Set(['daily']) });
    expect(await model.sql('select * from analytics.daily')).toEqual([{ n: 1 }]);
    expect(await model.sql('select * from analytics.daily__adopted')).toEqual([{ theirs: 7 }]);
  });

  it('replaces versions under views on views', async () => {
    const model = project({
      'models/bottom.sql': 'select 1 as n\n',
      'models/middle.sql': '{{config materialized="view"}} select n + 1 as n from {{ref "bottom"}}\n',
      'models/top.sql': '{{config materialized="view"}} select n + 1 as n from {{ref "middle"}}\n',
    });
    await model.build();
    expect(await model.sql('select n from analytics.top')).toEqual([{ n: 3 }]);
    model.write({ 'models/bottom.sql': 'select 10 as n, 1 as more\n' });
    await model.build();
    expect(await model.sql('select n from analytics.top')).toEqual([{ n: 12 }]);
    model.write({ 'models/bottom.sql': 'select 20 as n\n' });
    await model.build({ select: ['bottom'] });
    expect(await model.sql('select n from analytics.top')).toEqual([{ n: 12 }]);
    expect(await model.sql('select n from analytics.bottom')).toEqual([{ n: 20 }]);
  });

  it('takes names as long as PostgreSQL does, whatever is added to them on the way', async () => {
    const names = ['a', 'b'].map((end) => `${'long_name_'.repeat(7).slice(0, 62)}${end}`);
    const files = names.map((name) => [
      `models/${name}.sql`,
      '{{config publish="table"}} select {{var "edition"}} as n\n',
    ]);
    const model = modelProject(Object.fromEntries(files), onDatabase(database, 'vars: { edition: 1 }\n'));
    await model.build();
    await model.build({ variables: { edition: 2 } });
    for (const name of names) {
      expect(name).toHaveLength(63);
      expect(await model.sql(`select n from analytics.${name}`)).toEqual([{ n: 2 }]);
    }
    expect(
      await model.sql(`select relname from pg_class where relname ~ '__(next|old)$' and relkind = 'r'`),
    ).toEqual([]);
  });

  it('cuts a longer name as PostgreSQL does, and refuses two that it could not tell apart', async () => {
    const name = 'long_name_'.repeat(7);
    const long = (edition: number) => ({ [`models/${name}.sql`]: `select ${edition} as n\n` });
    const model = project(long(1));
    await model.build();
    model.write(long(2));
    await model.build();
    expect(await model.sql(`select n from analytics.${name.slice(0, 63)}`)).toEqual([{ n: 2 }]);
    model.write({ [`models/${name}x.sql`]: 'select 3 as n\n' });
    await expect(model.build()).rejects.toThrow(/long_name_x/);
  });
});

const GRANTED = 'models: [{ name: daily, config: { grants: { select: [tableau] } } }]\n';

async function versionsOf(model: Model, name: string): Promise<number> {
  const rows = await model.sql(`select 1 from analytics__store._version where node = 'model.shop.${name}'`);
  return rows.length;
}
