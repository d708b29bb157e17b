import { describe, expect, it } from 'vitest';
import { type Model, modelProject, SHOP_YML } from '../support/model.ts';
import { recordStatements } from '../support/statements.ts';

const ORDERS = [
  'create schema if not exists crm',
  'create or replace table crm.orders as select * from (values (1, 10, 1), (2, 20, 2)) as o(id, amount, loaded_at)',
];

/** A foreign source `crm.orders`, and the sum of its amounts. */
function shop(source: string, files: Readonly<Record<string, string>> = {}): Model {
  return modelProject({
    'models/sources.yml': `sources:
  - name: crm
    tables: [{ name: orders${source} }]
`,
    'models/sales.sql': 'select sum(amount)::integer as amount from {{source "crm" "orders"}}\n',
    ...files,
  });
}

async function amount(model: Model): Promise<unknown> {
  const [row] = await model.sql('select amount from analytics.sales');
  return row?.['amount'];
}

describe('a source of others', () => {
  it('is read again when a row was corrected in place, where its checksum is its token', async () => {
    const model = shop(', token: checksum');
    await model.sql(...ORDERS);
    await model.build();
    expect(await amount(model)).toBe(30);
    await model.sql('update crm.orders set amount = 190 where id = 2');
    expect((await model.build()).ended).toEqual({ sales: 'success' });
    expect(await amount(model)).toBe(200);
    expect((await model.build()).ended).toEqual({ sales: 'reused' });
  });

  it('is read again when one row went and an older one came, where its checksum is its token', async () => {
    const model = shop(', token: checksum');
    await model.sql(...ORDERS);
    await model.build();
    await model.sql('delete from crm.orders where id = 1', 'insert into crm.orders values (3, 279, 1)');
    await model.build();
    expect(await amount(model)).toBe(299);
  });

  it('is told apart by its latest row and its count only where it is declared append-only', async () => {
    const model = shop(', append_only: true, loaded_at_field: loaded_at');
    await model.sql(...ORDERS);
    await model.build();
    expect((await model.build()).ended).toEqual({ sales: 'reused' });
    await model.sql('insert into crm.orders values (3, 5, 3)');
    expect((await model.build()).ended).toEqual({ sales: 'success' });
    expect(await amount(model)).toBe(35);
  });

  it.each([
    ['', ', token: checksum'],
    [', loaded_at', ', append_only: true, loaded_at_field: loaded_at'],
  ])('is read again when its columns have changed and its values have not (%s%s)', async (more, token) => {
    const model = shop(token, {
      'models/sales.sql': 'select price from {{source "crm" "orders"}}\n',
      'models/copied.sql': 'select * from {{source "crm" "orders"}}\n',
    });
    const columns = async (list: string) => {
      const values = '(values (5, 7, 1)) as o(a, b, loaded_at)';
      await model.sql(`create or replace table crm.orders as select ${list}${more} from ${values}`);
      const { ended } = await model.build();
      return ended;
    };
    await model.sql('create schema crm');
    await columns('a as price, b as tax');
    expect(await columns('a as tax, b as price')).toEqual({ copied: 'success', sales: 'success' });
    expect(await model.sql('select price from analytics.sales')).toEqual([{ price: 7 }]);
    expect(await columns('a as tax, b::bigint as price')).toMatchObject({ sales: 'success' });
    await columns('a as levy, b::bigint as price');
    expect((await model.sql('select * from analytics.copied'))[0]).toMatchObject({ levy: 5, price: 7n });
    expect(await columns('a as levy, b::bigint as price')).toEqual({ copied: 'reused', sales: 'reused' });
  });

  it('is never reused without a token', async () => {
    const model = shop('');
    await model.sql(...ORDERS);
    await model.build();
    expect((await model.build()).ended).toEqual({ sales: 'success' });
    await model.sql('update crm.orders set amount = 190 where id = 2');
    await model.build();
    expect(await amount(model)).toBe(200);
  });

  it('is not read again after a run that broke off, so that the next run goes on', async () => {
    const model = shop('', {
      'models/report.sql': 'select cast(amount || \'x\' as integer) as n from {{ref "sales"}}\n',
    });
    await model.sql(...ORDERS);
    expect((await model.build()).ended).toEqual({ sales: 'success', report: 'error' });
    model.write({ 'models/report.sql': 'select amount as n from {{ref "sales"}}\n' });
    const next = await model.build();
    expect(next.ended).toEqual({ sales: 'reused', report: 'success' });
    const notes = next.events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));
    expect(notes.join('\n')).toMatch(
      /Going on from a run that broke off, with the rows that it read for sales;/,
    );
    expect((await model.build()).ended).toEqual({ sales: 'success', report: 'success' });
  });

  it('is tested after a run that broke off, as its rows are read anew by what is built anew', async () => {
    const model = shop(', columns: [{ name: amount, tests: [not_null] }]', {
      'models/sales.sql': 'select amount, nope from {{source "crm" "orders"}}\n',
    });
    await model.sql(...ORDERS);
    expect((await model.build()).ended).toMatchObject({ sales: 'error' });
    await model.sql('insert into crm.orders values (3, null, 1)');
    model.write({ 'models/sales.sql': 'select amount from {{source "crm" "orders"}}\n' });
    const next = await model.build();
    expect(next.ended).toEqual({ source_not_null_crm_orders_amount: 'fail', sales: 'skipped' });
    const notes = next.events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));
    expect(notes.join('\n')).not.toContain('Going on');
  });

  it('is read again after a run that its tests rejected: its rows may have been corrected', async () => {
    const model = shop('', {
      'models/sales.yml':
        'models: [{ name: sales, columns: [{ name: amount, tests: [accepted_range: { max_value: 20 }] }] }]\n',
    });
    await model.sql(...ORDERS);
    const rejected = await model.build();
    expect(rejected.summary.counts).toMatchObject({ built: 1, failed: 1, published: 0 });
    await model.sql('delete from crm.orders where id = 2');
    expect((await model.build()).published).toEqual(['sales']);
    expect(await amount(model)).toBe(10);
  });
});

describe('a landed table', () => {
  const seed = (first: number) => `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'varchar' },
  partition: { column: 'day' },
  partitions: () => ['2025-01-01', '2025-01-02'],
  *rows(day) {
    yield [day === '2025-01-01' ? ${first} : 100, day];
  },
});
`;

  it('is read again when a partition was replaced, and only then', async () => {
    const model = modelProject({
      'project.yml': SHOP_YML.replace('threads: 2', 'threads: 1, landing: landing'),
      'seeds/orders.ts': seed(1),
      'models/sources.yml': `sources:
  - name: raw
    tables: [{ name: orders, columns: [{ name: id, data_type: integer }, { name: day, data_type: varchar }] }]
`,
      'models/sales.sql': 'select sum(id)::integer as amount from {{source "raw" "orders"}}\n',
    });
    const first = await model.build();
    expect(first.ended).toEqual({ orders: 'success', sales: 'success' });
    expect(await amount(model)).toBe(101);
    expect((await model.build()).ended).toEqual({ orders: 'reused', sales: 'reused' });
    model.write({ 'seeds/orders.ts': seed(7) });
    expect((await model.build()).ended).toEqual({ orders: 'success', sales: 'success' });
    expect(await amount(model)).toBe(107);
  });
});

describe('a version', () => {
  it('is another one when a macro that it calls was changed', async () => {
    const model = modelProject({
      'macros/tax.sql': '{{#macro "tax" as |amount|}}{{amount}} * 2{{/macro}}\n',
      'models/sales.sql': 'select {{tax "10"}} as amount\n',
    });
    await model.build();
    model.write({ 'macros/tax.sql': '{{#macro "tax" as |amount|}}{{amount}} * 3{{/macro}}\n' });
    expect((await model.build()).ended).toEqual({ sales: 'success' });
    expect(await amount(model)).toBe(30);
  });

  it('is never reused where a function of the warehouse that nobody declared makes its rows, with a warning', async () => {
    const model = modelProject({ 'models/sales.sql': 'select main.tax(10) as amount\n' });
    await model.sql('create or replace macro tax(n) as n * 2');
    const first = await model.build();
    expect(first.warnings.join('\n')).toMatch(/tax/);
    await model.sql('create or replace macro tax(n) as n * 3');
    expect((await model.build()).ended).toEqual({ sales: 'success' });
    expect(await amount(model)).toBe(30);
  });

  it('is reused where the project declares the function deterministic', async () => {
    const model = modelProject({
      'project.yml': `name: shop
target: dev
deterministic_functions: [tax]
targets: { dev: { adapter: duckdb, path: dev.duckdb, schema: analytics } }
models: { +materialized: table }
`,
      'models/sales.sql': 'select tax(10) as amount\n',
    });
    await model.sql('create or replace macro tax(n) as n * 2');
    expect((await model.build()).warnings).toEqual([]);
    expect((await model.build()).ended).toEqual({ sales: 'reused' });
  });

  it.each([
    'random()',
    'current_date',
    'current_user',
    'uuid()',
  ])('is not reused when it calls %s, with a warning', async (call) => {
    const model = modelProject({ 'models/sales.sql': `select ${call} as amount\n` });
    const { warnings } = await model.build();
    expect(warnings).toHaveLength(1);
    expect((await model.build()).ended).toEqual({ sales: 'success' });
  });

  it('keeps its salt over a run that broke off', async () => {
    const model = modelProject({
      'models/sales.sql': 'select random() as amount\n',
      'models/report.sql': 'select cast(amount || \'x\' as integer) as n from {{ref "sales"}}\n',
    });
    await model.build();
    const before = await amount(model);
    model.write({ 'models/report.sql': 'select amount from {{ref "sales"}}\n' });
    expect((await model.build()).ended).toEqual({ sales: 'reused', report: 'success' });
    expect(await model.sql('select amount from analytics.report')).toEqual([{ amount: before }]);
  });

  it('does not depend on the settings of the session or the machine', async () => {
    const model = modelProject({
      'models/days.sql': `select
  cast(timestamptz '2024-03-31 23:30:00+00' as date) as day,
  7 / 2 as half,
  (select list(n order by n) from (values (null), (1)) as t(n))::varchar as ordered
`,
    });
    const timezone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      await model.build();
    } finally {
      if (timezone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = timezone;
    }
    const [row] = await model.sql('select * from analytics.days');
    expect(row).toEqual({ day: '2024-03-31', half: 3, ordered: '[1, NULL]' });
  });

  it('survives changes of names, paths, descriptions, tags, grants and comments', async () => {
    const model = modelProject({ 'models/sales.sql': 'select 1 as amount\n' });
    await model.build();
    model.write({
      'models/sales.sql': null,
      'models/marts/revenue.sql': '{{config tags=(list "tableau")}}\n-- the same\nselect 1\n  as   amount\n',
      'models/marts/marts.yml':
        'models: [{ name: revenue, description: What we earn., config: { grants: { select: [tableau] } }, columns: [{ name: amount, description: In euro. }] }]\n',
    });
    const { ended, published, warnings } = await model.build();
    expect(ended).toEqual({ revenue: 'reused' });
    expect(published).toEqual(['revenue']);
    expect(warnings).toEqual([
      expect.stringContaining('analytics.sales is published, but its model is no longer'),
    ]);
    expect(await model.sql('select * from analytics.revenue')).toEqual([{ amount: 1 }]);
  });

  it('is built again when somebody dropped it, and so is a view over it', async () => {
    const model = modelProject({
      'models/sales.sql': 'select 1 as amount\n',
      'models/shown.sql': '{{config materialized="view"}} select amount from {{ref "sales"}}\n',
    });
    await model.build();
    const [version] = await model.sql(
      "select table_name as name from duckdb_tables() where table_name like 'sales\\_\\_%' escape '\\'",
    );
    await model.sql(`drop table analytics__store."${version?.['name']}"`);
    expect((await model.build()).ended).toEqual({ sales: 'success', shown: 'success' });
    expect(await model.sql('select * from analytics.shown')).toEqual([{ amount: 1 }]);
    expect((await model.build()).ended).toEqual({ sales: 'reused', shown: 'reused' });
  });

  it('is not reused over another build of what it reads', async () => {
    const model = modelProject({
      'models/sales.sql': 'select 1 as amount\n',
      'models/report.sql': 'select amount from {{ref "sales"}}\n',
    });
    await model.build();
    expect((await model.build({ fullRefresh: true, select: ['sales'] })).ended).toEqual({ sales: 'success' });
    expect((await model.build()).ended).toEqual({ sales: 'reused', report: 'success' });
  });
});

describe('a view over raw data', () => {
  const files = {
    'models/sales.sql':
      '{{config materialized="view"}} select sum(amount)::integer as amount from {{source "crm" "orders"}}\n',
  };

  it('is not published, since its rows would change untested', async () => {
    const model = shop(', token: checksum', files);
    await model.sql(...ORDERS);
    const { published, warnings } = await model.build();
    expect(published).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('"sales" reads raw data with no table between')]);
  });

  it('is published when asked for', async () => {
    const model = shop(', token: checksum', files);
    await model.sql(...ORDERS);
    expect((await model.build({ publishLive: true })).published).toEqual(['sales']);
    expect(await amount(model)).toBe(30);
  });

  it('is tested each time', async () => {
    const model = shop(', token: checksum', {
      ...files,
      'models/sales.yml': 'models: [{ name: sales, columns: [{ name: amount, tests: [not_null] }] }]\n',
    });
    await model.sql(...ORDERS);
    expect((await model.build()).ended).toMatchObject({ not_null_sales_amount: 'pass' });
    expect((await model.build()).ended).toMatchObject({ not_null_sales_amount: 'pass' });
  });
});

describe('a verdict', () => {
  const files = {
    'models/sales.yml': `models:
  - name: sales
    columns:
      - name: amount
        tests: [not_null, accepted_range: { max_value: 5, config: { severity: warn } }]
`,
  };

  it('holds for the same data only, of all relations that the test reads', async () => {
    const model = shop(', token: checksum', {
      'models/limits.sql': 'select 30 as most\n',
      'tests/within_limits.sql':
        'select 1 from {{ref "sales"}} cross join {{ref "limits"}} where amount > most\n',
    });
    await model.sql(...ORDERS);
    expect((await model.build()).ended).toMatchObject({ within_limits: 'pass' });
    expect((await model.build()).ended).toMatchObject({ within_limits: 'cached pass' });
    model.write({ 'models/limits.sql': 'select 29 as most\n' });
    expect((await model.build()).ended).toMatchObject({ sales: 'reused', within_limits: 'fail' });
    model.write({ 'models/limits.sql': 'select 31 as most\n' });
    await model.sql('update crm.orders set amount = 25');
    expect((await model.build()).ended).toMatchObject({ within_limits: 'fail' });
  });

  it('that warns holds too, with its count', async () => {
    const model = shop(', token: checksum', files);
    await model.sql(...ORDERS);
    await model.build();
    const { summary } = await model.build();
    expect(summary.counts).toMatchObject({ reused: 1, passed: 1, warned: 1 });
    expect(
      summary.results
        .filter(({ cached }) => cached)
        .map(({ failures }) => failures)
        .sort(),
    ).toEqual([0, 1]);
  });

  it('that warns does not hold once the test is to fail instead', async () => {
    const model = shop(', token: checksum', files);
    await model.sql(...ORDERS);
    await model.build();
    model.write({
      'models/sales.yml': files['models/sales.yml'].replace('severity: warn', 'severity: error'),
    });
    expect((await model.build()).summary.counts).toMatchObject({ passed: 1, failed: 1 });
  });

  it('that failed is never remembered', async () => {
    const model = modelProject({
      'models/sales.sql': 'select 1 as n\n',
      'tests/none.sql': 'select 1 from {{ref "sales"}}\n',
    });
    expect((await model.build()).ended).toEqual({ sales: 'success', none: 'fail' });
    expect((await model.build()).ended).toEqual({ sales: 'reused', none: 'fail' });
  });
});

describe('a second build with nothing changed', () => {
  it('reads no data, reuses everything, and publishes nothing', async () => {
    const model = modelProject({
      'seeds/countries.csv': 'code,name\nfr,France\njp,Japan\n',
      'models/shop.yml': `models:
  - name: cities
    columns: [{ name: code, tests: [not_null, relationships: { to: ref('countries'), field: code }] }]
  - name: large
    columns: [{ name: code, tests: [unique: { config: { severity: warn } }] }]
`,
      'models/inner.sql': '{{config materialized="ephemeral"}} select code, name from {{ref "countries"}}\n',
      'models/cities.sql':
        "select code, 'Nice' as city from {{ref \"inner\"}} where code = 'fr'\nunion all select 'fr', 'Lyon'\n",
      'models/large.sql': '{{config materialized="view"}} select * from {{ref "cities"}}\n',
      'models/copied.sql': '{{config publish="table"}} select * from {{ref "large"}}\n',
    });
    const onData = (statements: readonly string[]) =>
      statements.filter((sql) => /\banalytics(?:__store)?"?\."?[a-z]/.test(sql));
    const first = await recordStatements(() => model.build());
    expect(first.result.summary.counts).toMatchObject({ built: 4, passed: 2, warned: 1, published: 4 });
    expect(onData(first.statements).length).toBeGreaterThan(10);
    const { result, statements } = await recordStatements(() => model.build());
    expect(result.summary.counts).toMatchObject({ built: 0, reused: 4, passed: 2, warned: 1, published: 0 });
    expect(new Set(Object.values(result.ended))).toEqual(new Set(['reused', 'cached pass', 'cached warn']));
    expect(onData(statements)).toEqual([]);
    expect(statements.length).toBeGreaterThan(5);
    expect(await model.sql('select max(sequence) as n from analytics__store._publication')).toEqual([
      { n: 1 },
    ]);
  });
});

describe('a pull request’s environment', () => {
  const files = {
    'models/sales.sql': 'select 1 as amount\n',
    'models/report.sql': 'select amount + 1 as n from {{ref "sales"}}\n',
  };

  it('builds only what differs, reads production’s versions, and cannot touch its store', async () => {
    const model = modelProject(files);
    await model.build();
    const store = async () => ({
      tables: await model.sql(
        "select schema_name, table_name, estimated_size from duckdb_tables() where schema_name in ('analytics', 'analytics__store') order by all",
      ),
      views: await model.sql(
        "select view_name, sql from duckdb_views() where schema_name = 'analytics' order by all",
      ),
      versions: await model.sql('select * from analytics__store._version order by all'),
      runs: await model.sql('select * from analytics__store._run order by all'),
    });
    const before = await store();
    model.write({ 'models/report.sql': 'select amount - 1000 as n from {{ref "sales"}}\n' });
    const { ended, published } = await model.build({ environment: 'pr_42' });
    expect(ended).toEqual({ sales: 'reused', report: 'success' });
    expect(published).toEqual(['report', 'sales']);
    expect(await model.sql('select n from analytics__pr_42.report')).toEqual([{ n: -999 }]);
    expect(await model.sql('select amount from analytics__pr_42.sales')).toEqual([{ amount: 1 }]);
    expect(await model.sql('select n from analytics.report')).toEqual([{ n: 2 }]);
    expect(await store()).toEqual(before);
  });

  it('reads what is published in production of models that are not selected', async () => {
    const model = modelProject(files);
    await model.build();
    model.write({ 'models/report.sql': 'select amount * 7 as n from {{ref "sales"}}\n' });
    expect((await model.build({ environment: 'pr_42', select: ['report'] })).ended).toEqual({
      report: 'success',
    });
    expect(await model.sql('select n from analytics__pr_42.report')).toEqual([{ n: 7 }]);
  });

  it('does not lend its versions to production', async () => {
    const model = modelProject(files);
    await model.build({ environment: 'pr_42' });
    expect((await model.build()).ended).toEqual({ sales: 'success', report: 'success' });
  });
});
