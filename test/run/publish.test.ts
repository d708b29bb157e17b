import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { modelProject, type Ran, SHOP_YML } from '../support/model.ts';
import { interceptStatements } from '../support/statements.ts';

/** a → b → c, each with a column n; tests and changes come on top. */
const CHAIN = {
  'models/a.sql': 'select 1 as n\n',
  'models/b.sql': 'select n from {{ref "a"}}\n',
  'models/c.sql': 'select n from {{ref "b"}}\n',
  'models/other.sql': 'select 5 as n\n',
};

const testOf = (model: string, test: string) =>
  `models: [{ name: ${model}, columns: [{ name: n, tests: [${test}] }] }]\n`;

const ATMOST = (most: number, severity = 'error') =>
  `accepted_range: { name: small, max_value: ${most}, config: { severity: ${severity} } }`;

async function codes(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DiagnosticError)) throw new Error(`expected diagnostics, not ${String(error)}`);
  return error.diagnostics.map(({ code, message, hint }) => `${code} ${message} ${hint ?? ''}`.trim());
}

describe('a test that fails', () => {
  it('keeps its node and what depends on it from being published; what was published before stays', async () => {
    const model = modelProject({ ...CHAIN, 'models/b.yml': testOf('b', ATMOST(1)) });
    expect((await model.build()).published).toEqual(['a', 'b', 'c', 'other']);
    model.write({ 'models/a.sql': 'select 2 as n\n' });
    const { ended, published, summary } = await model.build();
    expect(ended).toEqual({ a: 'success', b: 'success', c: 'skipped', other: 'reused', small: 'fail' });
    expect(summary.outcome).toBe('failure');
    expect(published).toEqual(['a']);
    const shown = await model.sql(
      'select a.n as a, b.n as b, c.n as c from analytics.a, analytics.b, analytics.c',
    );
    expect(shown).toEqual([{ a: 2, b: 1, c: 1 }]);
  });

  it('stops nothing when it is to warn', async () => {
    const model = modelProject({ ...CHAIN, 'models/b.yml': testOf('b', ATMOST(0, 'warn')) });
    const { ended, published, summary } = await model.build();
    expect(ended).toMatchObject({ small: 'warn', c: 'success' });
    expect(published).toEqual(['a', 'b', 'c', 'other']);
    expect(summary.outcome).toBe('success');
  });

  it('and stands under no node stops all that it reads', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/a2.sql': 'select 1 as n\n',
      'tests/never.sql': 'select 1 from {{ref "a2"}} join {{ref "other"}} on true\n',
    });
    const { published, ended } = await model.build();
    expect(ended).toMatchObject({ never: 'fail' });
    expect(published).toEqual(['a', 'b', 'c']);
  });

  it('over several nodes stops them all, wherever it stands, and says who is held back', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/lone.sql': 'select 1 as n\n',
      'models/other.yml': testOf('other', "relationships: { to: ref('a'), field: n }"),
    });
    const { ended, published, events } = await model.build();
    expect(ended).toMatchObject({ a: 'success', b: 'success', c: 'success', other: 'success' });
    expect(published).toEqual(['lone']);
    const notes = events.flatMap((event) => (event.kind === 'stage-note' ? [event.message] : []));
    expect(notes).toContain(
      'Not published, because a test of them, or of something they are made from, did not pass: "a", "other", "b", "c".',
    );
  });

  it('does not keep another test waiting that reads the same nodes the other way round', async () => {
    const mutual = (to: string) => `relationships: { to: ref('${to}'), field: n }`;
    const model = modelProject({
      ...CHAIN,
      'models/other.sql': 'select 1 as n\n',
      'models/both.yml': `models:
  - { name: other, columns: [{ name: n, tests: [${mutual('a')}] }] }
  - { name: a, columns: [{ name: n, tests: [${mutual('other')}] }] }
`,
    });
    expect((await model.build()).published).toEqual(['a', 'b', 'c', 'other']);
    model.write({ 'models/other.sql': 'select 1 as n union all select 2 as n\n' });
    const { ended, published } = await model.build();
    expect(ended).toMatchObject({
      relationships_other_n__n__ref_a_: 'fail',
      relationships_a_n__n__ref_other_: 'pass',
    });
    expect(published).toEqual([]);
  });

  it('on a source stops what reads the source', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/a.sql': 'select n from {{source "crm" "numbers"}}\n',
      'models/sources.yml': `sources:
  - name: crm
    tables: [{ name: numbers, token: checksum, columns: [{ name: n, tests: [not_null] }] }]
`,
    });
    await model.sql('create schema crm', 'create table crm.numbers as select null::integer as n');
    const { ended, published } = await model.build();
    expect(ended).toMatchObject({ a: 'skipped', b: 'skipped', other: 'success' });
    expect(published).toEqual(['other']);
  });

  it('stops everything with --publish all, retirements too', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/b.yml': testOf('b', ATMOST(0)),
      'models/gone.sql': 'select 1 as n\n',
    });
    await model.build({ select: ['gone'] });
    model.write({ 'models/gone.sql': null });
    expect((await model.build({ publish: 'all' })).published).toEqual([]);
    expect(await model.sql('select max(sequence) as n from analytics__store._publication')).toEqual([
      { n: 1 },
    ]);
    expect((await model.build()).published).toEqual(['a', 'other']);
  });

  it('whose query is wrong stops its node as well, with the place in the template', async () => {
    const model = modelProject({ ...CHAIN, 'tests/wrong.sql': 'select nothing\nfrom {{ref "other"}}\n' });
    const { ended, published, summary } = await model.build();
    expect(ended).toMatchObject({ wrong: 'error', other: 'success' });
    expect(published).toEqual(['a', 'b', 'c']);
    const wrong = summary.results.find(({ name }) => name === 'wrong');
    expect(wrong?.diagnostic?.span).toMatchObject({
      source: { path: 'tests/wrong.sql' },
      start: { line: 1, column: 8 },
    });
  });

  it('of warn severity blocks nothing when what it also reads did not build', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/bad.sql': "select cast('x' as integer) as n\n",
      'models/other.yml': testOf(
        'other',
        "relationships: { to: ref('bad'), field: n, config: { severity: warn } }",
      ),
    });
    const { ended, published } = await model.build();
    expect(ended).toMatchObject({ bad: 'error', other: 'success' });
    expect(published).toEqual(['a', 'b', 'c', 'other']);
  });
});

describe('a model that fails', () => {
  const broken = { ...CHAIN, 'models/b.sql': 'select cast(\'x\' || n as integer) as n from {{ref "a"}}\n' };

  it('skips what reads it, says why, and the next run goes on from there', async () => {
    const model = modelProject(broken);
    const { ended, published, summary } = await model.build();
    expect(ended).toEqual({ a: 'success', b: 'error', c: 'skipped', other: 'success' });
    expect(published).toEqual(['a', 'other']);
    expect(summary.results.find(({ name }) => name === 'c')?.message).toBe('"b" did not succeed.');
    model.write({ 'models/b.sql': CHAIN['models/b.sql'] });
    const next = await model.build();
    expect(next.ended).toEqual({ a: 'reused', b: 'success', c: 'success', other: 'reused' });
    expect(next.published).toEqual(['b', 'c']);
  });

  it('stops the run with --fail-fast, and a statement that runs is cancelled', async () => {
    const model = modelProject({
      'models/bad.sql': "select cast('x' as integer) as n\n",
      'models/slow.sql': 'select count(*) as n from range(100000) as a cross join range(1000000) as b\n',
      'models/later.sql': 'select n from {{ref "slow"}}\n',
    });
    const { ended, published } = await model.build({ failFast: true });
    expect(ended).toEqual({ bad: 'error', slow: 'cancelled', later: 'skipped' });
    expect(published).toEqual([]);
  });
});

describe('a run that is interrupted', () => {
  it('publishes nothing, and the next one goes on', async () => {
    const model = modelProject({
      ...CHAIN,
      'models/slow.sql':
        'select count(*) as n from range(100000) as a cross join range(1000000) as b, {{ref "c"}}\n',
    });
    const abort = new AbortController();
    const { ended, summary } = await model.build({
      signal: abort.signal,
      tell: (event) => {
        if (event.kind === 'node-started' && event.name === 'slow') setTimeout(() => abort.abort(), 50);
      },
    });
    expect(ended).toMatchObject({ c: 'success', slow: 'cancelled' });
    expect(summary).toMatchObject({ outcome: 'cancelled', published: [] });
    model.write({ 'models/slow.sql': 'select n from {{ref "c"}}\n' });
    expect((await model.build()).ended).toMatchObject({ a: 'reused', c: 'reused', slow: 'success' });
  });
});

describe('model run', () => {
  const tested = { ...CHAIN, 'models/b.yml': testOf('b', ATMOST(0)) };

  it('publishes untested', async () => {
    expect((await modelProject(tested).run()).published).toEqual(['a', 'b', 'c', 'other']);
  });

  it('publishes only what has passed its tests where the target says publish_untested: false', async () => {
    const strict = SHOP_YML.replace('threads: 2', 'threads: 2, publish_untested: false');
    const model = modelProject({ ...CHAIN, 'project.yml': strict, 'models/b.yml': testOf('b', ATMOST(1)) });
    const untested = await model.run();
    expect(untested.ended).toEqual({ a: 'success', b: 'success', c: 'success', other: 'success' });
    expect(untested.published).toEqual(['a', 'other']);
    expect(untested.warnings.filter((text) => text.startsWith('RUN-007'))).toHaveLength(2);
    expect((await model.build()).published).toEqual(['b', 'c']);
    model.write({ 'models/c.sql': 'select n + 1 as n from {{ref "b"}}\n' });
    expect((await model.run()).published).toEqual(['c']);
    model.write({ 'models/a.sql': 'select 2 as n\n' });
    expect((await model.run()).published).toEqual(['a']);
    expect((await model.run({ publish: 'all' })).published).toEqual([]);
    expect((await model.build({ exclude: ['small'] })).published).toEqual([]);
  });
});

describe('model test', () => {
  it('tests what is published, whatever the project would build now, and builds nothing', async () => {
    const model = modelProject({ ...CHAIN, 'models/b.yml': testOf('b', ATMOST(1)) });
    await model.run();
    expect((await model.test()).ended).toEqual({ small: 'pass' });
    expect((await model.test()).ended).toEqual({ small: 'cached pass' });
    model.write({ 'models/a.sql': 'select 2 as n\n' });
    expect((await model.test()).ended).toEqual({ small: 'cached pass' });
    await model.run();
    const { ended, summary } = await model.test();
    expect(ended).toEqual({ small: 'fail' });
    expect(summary).toMatchObject({ outcome: 'failure', published: [] });
  });
});

describe('an upstream that is not selected', () => {
  it('and was never published is an error that says what to select', async () => {
    expect(await codes(modelProject(CHAIN).build({ select: ['b'] }))).toEqual([
      expect.stringMatching(/^RUN-001 .*"b" reads "a".*--select \+b$/),
    ]);
  });

  it('and whose code has changed is read as it was published, with a warning', async () => {
    const model = modelProject(CHAIN);
    await model.build();
    model.write({ 'models/a.sql': 'select 2 as n\n' });
    const { warnings } = await model.build({ select: ['b'] });
    expect(warnings).toEqual([expect.stringMatching(/^RUN-002 "b" reads "a"/)]);
    expect(await model.sql('select n from analytics.b')).toEqual([{ n: 1 }]);
  });

  it('and has not changed is read without a word', async () => {
    const model = modelProject(CHAIN);
    await model.build();
    expect((await model.build({ select: ['c'] })).warnings).toEqual([]);
  });
});

describe('--full-refresh', () => {
  it('builds what is selected anew, publishes it, and tests it again', async () => {
    const model = modelProject({ ...CHAIN, 'models/b.yml': testOf('b', 'not_null') });
    await model.build();
    const { ended, published } = await model.build({ fullRefresh: true });
    expect(ended).toMatchObject({ a: 'success', b: 'success', c: 'success', not_null_b_n: 'pass' });
    expect(published).toEqual(['a', 'b', 'c', 'other']);
    expect((await model.build()).summary.counts).toMatchObject({
      built: 0,
      reused: 4,
      passed: 1,
      published: 0,
    });
  });
});

describe('--verify-reuse', () => {
  it('finds what is not the same when it is built again, and keeps it from being published', async () => {
    const model = modelProject({
      'project.yml': SHOP_YML.replace('target: dev\n', 'target: dev\ndeterministic_functions: [dice]\n'),
      'models/thrown.sql': 'select dice() as n\n',
      'models/same.sql': 'select n from range(5) as r(n)\n',
    });
    await model.sql('create macro dice() as 1');
    await model.build();
    expect((await model.build({ verifyReuse: true })).ended).toEqual({ thrown: 'reused', same: 'reused' });
    await model.sql('create or replace macro dice() as 6');
    const { ended, summary, events } = await model.build({ verifyReuse: true });
    expect(ended).toEqual({ thrown: 'error', same: 'reused' });
    const finished = events.filter(({ kind }) => kind === 'node-finished');
    expect(finished).toHaveLength(summary.results.length);
    expect(summary.results.find(({ name }) => name === 'thrown')?.message).toMatch(
      /differs in 2 distinct rows from the version/,
    );
    expect(summary.outcome).toBe('failure');
    const left = await model.sql("select table_name from duckdb_tables() where table_name like '%again%'");
    expect(left).toEqual([]);
  });
});

describe('a published relation', () => {
  it('has the declared types and comments, whatever the query makes of them, as a view and as a table', async () => {
    const yml = `models:
  - name: daily
    description: One row a day.
    columns: [{ name: day, data_type: date, description: The day. }, { name: amount, data_type: "numeric(18,2)" }]
`;
    const sql = (publish: string) =>
      `{{config publish="${publish}"}}\nselect timestamp '2025-01-01 12:00:00' as day, 1 as amount\n`;
    const model = modelProject({ 'models/daily.sql': sql('view'), 'models/daily.yml': yml });
    const look = async () => ({
      columns: await model.sql(
        "select column_name as name, data_type as type, comment from duckdb_columns() where schema_name = 'analytics' order by column_index",
      ),
      relation: await model.sql(
        "select 'view' as kind, comment from duckdb_views() where schema_name = 'analytics' union all select 'table', comment from duckdb_tables() where schema_name = 'analytics'",
      ),
    });
    const columns = [
      { name: 'day', type: 'DATE', comment: 'The day.' },
      { name: 'amount', type: 'DECIMAL(18,2)', comment: null },
    ];
    for (const publish of ['view', 'table', 'view']) {
      model.write({ 'models/daily.sql': sql(publish) });
      const { ended } = await model.build();
      expect(Object.values(ended)).toEqual([
        publish === 'view' && ended['daily'] === 'success' ? 'success' : 'reused',
      ]);
      expect(await look()).toEqual({
        columns,
        relation: [{ kind: publish, comment: expect.stringMatching(/^One row a day\./) }],
      });
    }
  });

  it('can be a table of other columns than the one before', async () => {
    const model = modelProject({ 'models/daily.sql': '{{config publish="table"}} select 1 as a, 2 as b\n' });
    await model.build();
    model.write({ 'models/daily.sql': '{{config publish="table"}} select 3 as b, 4 as c\n' });
    await model.build();
    expect(await model.sql('select * from analytics.daily')).toEqual([{ b: 3, c: 4 }]);
    const tables = await model.sql("select table_name from duckdb_tables() where schema_name = 'analytics'");
    expect(tables).toEqual([{ table_name: 'daily' }]);
  });

  it('follows its model to another name', async () => {
    const model = modelProject(CHAIN);
    await model.build();
    model.write({ 'models/other.sql': '{{config alias="another"}} select 6 as n\n' });
    const { ended, published } = await model.build();
    expect(ended).toMatchObject({ other: 'success' });
    expect(published).toEqual(['other']);
    expect(await model.sql('select n from analytics.another')).toEqual([{ n: 6 }]);
    expect((await model.build()).summary.counts).toMatchObject({ superseded: 0, published: 0 });
  });

  it('stays when its model is gone, with a warning, until retire_after', async () => {
    const model = modelProject(CHAIN);
    await model.build();
    model.write({ 'models/other.sql': null });
    expect((await model.build()).warnings).toEqual([expect.stringMatching(/^RUN-005 analytics.other/)]);
    expect(await model.sql('select n from analytics.other')).toEqual([{ n: 5 }]);
    model.write({ 'project.yml': `${SHOP_YML}retire_after: 3 days\n` });
    expect((await model.build()).warnings).toHaveLength(1);
    await model.sql('update analytics__store._publication set retired_at = retired_at - interval 4 day');
    expect((await model.build()).warnings).toEqual([]);
    expect(
      await model.sql("select view_name from duckdb_views() where schema_name = 'analytics' order by 1"),
    ).toEqual([{ view_name: 'a' }, { view_name: 'b' }, { view_name: 'c' }]);
  });

  it('is retired when its model becomes ephemeral', async () => {
    const model = modelProject(CHAIN);
    await model.build();
    model.write({ 'models/b.sql': '{{config materialized="ephemeral"}} select n from {{ref "a"}}\n' });
    expect((await model.build()).warnings).toEqual([expect.stringMatching(/^RUN-005 analytics.b /)]);
  });
});

describe('a relation that somebody else made', () => {
  it('under a wanted name is refused before anything is built, unless it is adopted', async () => {
    const model = modelProject(CHAIN);
    await model.sql('create schema analytics', 'create table analytics.c as select 99 as n');
    expect(await codes(model.build())).toEqual([
      expect.stringMatching(/^STO-005 model.shop.c .*analytics.c/),
    ]);
    expect(await model.sql('select count(*) as n from analytics__store._version')).toEqual([{ n: 0n }]);
    expect((await model.build({ adopt: new Set(['c']) })).published).toEqual(['a', 'b', 'c', 'other']);
    expect(await model.sql('select n from analytics.c')).toEqual([{ n: 1 }]);
    expect(await model.sql('select n from analytics.c__adopted')).toEqual([{ n: 99 }]);
    expect((await model.build()).summary.counts).toMatchObject({ reused: 4, published: 0 });
  });
});

describe('the rows of a table', () => {
  it('are counted when it is built', async () => {
    const model = modelProject({
      'models/many.sql': 'select n from range(1234) as r(n)\n',
      'models/shown.sql': '{{config materialized="view"}} select n from {{ref "many"}}\n',
    });
    const { summary } = await model.build();
    expect(summary.results.map(({ name, rows }) => [name, rows])).toEqual([
      ['many', 1234],
      ['shown', undefined],
    ]);
  });
});

describe('two runs that publish the same node in the other order', () => {
  it('leave what the later one published: the earlier one is superseded, and says so', async () => {
    const model = modelProject({ ...CHAIN, 'models/slow.sql': 'select 1 as slow\n' });
    await model.build();
    model.write({ 'models/other.sql': 'select 6 as n\n', 'models/slow.sql': 'select 2 as slow\n' });
    let later: Promise<Ran> | undefined;
    const holdSlow = async (sql: string) => {
      if (later !== undefined || !/^create table analytics__store\.slow__/.test(sql)) return;
      model.write({ 'models/other.sql': 'select 7 as n\n' });
      later = model.build({ select: ['other'] });
      await later;
    };
    const earlier = await interceptStatements(holdSlow, () => model.build({ select: ['other', 'slow'] }));
    expect((await later)?.published).toEqual(['other']);
    expect(earlier.ended).toEqual({ other: 'superseded', slow: 'success' });
    expect(earlier.published).toEqual(['slow']);
    expect(earlier.summary.outcome).toBe('failure');
    expect(await model.sql('select n from analytics.other')).toEqual([{ n: 7 }]);
  });

  it('publish nothing with --publish all where one node is superseded, and say so of the others', async () => {
    const model = modelProject({ ...CHAIN, 'models/slow.sql': 'select 1 as slow\n' });
    await model.build();
    model.write({ 'models/other.sql': 'select 6 as n\n', 'models/slow.sql': 'select 2 as slow\n' });
    let later: Promise<Ran> | undefined;
    const holdSlow = async (sql: string) => {
      if (later !== undefined || !/^create table analytics__store\.slow__/.test(sql)) return;
      model.write({ 'models/other.sql': 'select 7 as n\n' });
      later = model.build({ select: ['other'] });
      await later;
    };
    const earlier = await interceptStatements(holdSlow, () =>
      model.build({ select: ['other', 'slow'], publish: 'all' }),
    );
    expect(earlier.published).toEqual([]);
    expect(earlier.summary.outcome).toBe('failure');
    expect(earlier.summary.results).toMatchObject([
      {
        ...{ name: 'other', status: 'superseded' },
        message: 'Another run published it since this one was planned, so nothing was published.',
      },
      {
        ...{ name: 'slow', status: 'success' },
        message: 'Not published: all or nothing was to be, and "other" was superseded.',
      },
    ]);
    expect(await model.sql('select slow from analytics.slow')).toEqual([{ slow: 1 }]);
  });

  it('and want the same version are both right', async () => {
    const model = modelProject({
      'models/other.sql': 'select 6 as n\n',
      'models/slow.sql': 'select 2 as slow\n',
    });
    let later: Promise<Ran> | undefined;
    const holdSlow = async (sql: string) => {
      if (later !== undefined || !/^create table analytics__store\.slow__/.test(sql)) return;
      later = model.build({ select: ['other'] });
      await later;
    };
    const earlier = await interceptStatements(holdSlow, () => model.build());
    expect((await later)?.published).toEqual(['other']);
    expect(earlier.summary.counts).toMatchObject({ superseded: 0, published: 1 });
  });
});

describe('a mistake that would make two relations one, or hide what is read', () => {
  it('is refused before anything is built: names that differ in case only', async () => {
    const model = modelProject({
      'models/daily.sql': 'select 1 as n\n',
      'models/Daily.sql': 'select 2 as n\n',
    });
    expect((await codes(model.build())).join()).toMatch(/daily/i);
  });

  it('is refused before anything is built: tables and files outside ref and source', async () => {
    const model = modelProject({
      'models/raw.sql': 'select * from crm.orders\n',
      'models/file.sql': "select * from read_csv('orders.csv')\n",
    });
    expect(await codes(model.build())).toHaveLength(2);
  });
});
