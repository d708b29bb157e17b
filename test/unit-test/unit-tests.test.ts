import { describe, expect, it } from 'vitest';
import { project, ranUnits, refused } from './unit-project.ts';

const STG_ROWS = `
      - input: ref('stg')
        rows:
          - { day: 2025-01-01, user_id: a }
          - { day: 2025-01-01, user_id: b }
          - { day: 2025-01-02, user_id: a }
`;

describe('a unit test', () => {
  it('passes on given rows, whatever their order, and looks only at the columns that are expected', async () => {
    const { ended } = await ranUnits(`  - name: counts_users
    model: daily
    given:${STG_ROWS}    expect:
      rows:
        - { day: 2025-01-02, dau: 1 }
        - { day: 2025-01-01, dau: 2 }
`);
    expect(ended).toEqual({ counts_users: 'pass' });
  });

  it('tells what is missing, what is unexpected and what changed', async () => {
    const { results } = await ranUnits(`  - name: counts_users
    model: daily
    given:${STG_ROWS}    expect:
      rows:
        - { day: 2025-01-02, dau: 7, weight: 1.5 }
        - { day: 2025-01-05, dau: 9, weight: 0 }
`);
    expect(results[0]).toMatchObject({
      status: 'fail',
      message: '1 row missing, 1 row unexpected, 1 row changed; 0 as expected.',
      difference: {
        columns: ['day', 'dau', 'weight'],
        rows: [
          { kind: 'changed', columns: ['dau'], expected: { dau: 7n }, actual: { dau: 1n } },
          { kind: 'missing', expected: { day: '2025-01-05', dau: 9n, weight: '0.00' } },
          { kind: 'unexpected', actual: { day: '2025-01-01', dau: 2n, weight: '3.00' } },
        ],
      },
    });
  });
});

describe('the rows of a unit test', () => {
  it('are numbers of any size, and CSV whose first column is called like a clause', async () => {
    const { ended } = await ranUnits(
      `  - name: small
    model: rates
    given: [{ input: "source('raw', 'rates')", rows: [{ values_count: 2, rate: -0.00000015 }] }]
    expect: { rows: [{ values_count: 2, rate: -1.5e-7 }] }
  - name: csv
    model: rates
    given:
      - input: source('raw', 'rates')
        rows: |
          values_count,rate
          2,0.5
    expect:
      rows: |
        values_count
        2
`,
      {
        'models/rates.sql': 'select values_count, rate from {{source "raw" "rates"}}\n',
        'models/rates.yml': `sources:
  - name: raw
    tables:
      - name: rates
        columns: [{ name: values_count, data_type: bigint }, { name: rate, data_type: "numeric(18,10)" }]
`,
      },
    );
    expect(ended).toEqual({ small: 'pass', csv: 'pass' });
  });

  it('may be CSV, SQL or a file, and what is not given is a typed NULL', async () => {
    const stg =
      "select 1 as id, date '2025-01-01' as day, cast(null as varchar) as user_id, now() as seen_at";
    const { ended } = await ranUnits(
      `  - name: csv
    model: stg
    given:
      - input: source('raw', 'events')
        rows: |
          id,user_id
          1,a
          2,
    expect:
      rows: [{ id: 1, day: null, user_id: a, seen_at: null }]
  - name: sql
    model: stg
    given:
      - input: source('raw', 'events')
        rows: |
          select 1 as id, 'a' as user_id union all select 2, null;
    expect:
      format: sql
      rows: select 1 as id, cast(null as date) as day
  - name: files
    model: stg
    given: [{ input: "source('raw', 'events')", fixture: events }]
    expect: { fixture: kept, format: csv }
`,
      {
        'tests/fixtures/events.sql': stg,
        'tests/fixtures/kept.csv': 'id,day\n',
      },
    );
    expect(ended).toEqual({ csv: 'pass', sql: 'pass', files: 'pass' });
  });

  it('are compared by value: numbers as the type of the column, NULL with NULL, doubles to twelve digits', async () => {
    const { ended } = await ranUnits(
      `  - name: values
    model: numbers
    given: []
    expect:
      rows: [{ n: 10, d: 0.3, t: null, at: "2025-01-01", yes: true }]
`,
      {
        'models/numbers.sql': `select cast(10 as numeric(18, 4)) as n, cast(0.1 as double) + cast(0.2 as double) as d,
  cast(null as varchar) as t, timestamp '2025-01-01 00:00:00' as at, 1 = 1 as yes`,
      },
    );
    expect(ended).toEqual({ values: 'pass' });
  });

  it('count how often they stand there', async () => {
    const { results } = await ranUnits(
      `  - name: twice
    model: same
    expect: { rows: [{ x: 1 }, { x: 1 }, { x: 1 }] }
`,
      { 'models/same.sql': 'select 1 as x union all select 1' },
    );
    expect(results[0]?.difference?.rows).toEqual([{ kind: 'missing', expected: { x: 1 } }]);
  });

  it('may be expected to be none', async () => {
    const { results } = await ranUnits(`  - { name: none, model: same, expect: { rows: [] } }\n`, {
      'models/same.sql': 'select 1 as x, 2 as y',
    });
    expect(results[0]).toMatchObject({
      status: 'fail',
      difference: { columns: ['x', 'y'], rows: [{ kind: 'unexpected', actual: { x: 1, y: 2 } }] },
    });
  });
});

describe('the model under test', () => {
  it('has the vars, environment, macros and clock that the test says', async () => {
    const { ended } = await ranUnits(
      `  - name: overridden
    model: told
    overrides:
      vars: { country: Japan }
      env_vars: { REGION: eu }
      macros: { is_incremental: true, double: "42" }
      now: 2025-01-31T12:30:00Z
    expect:
      rows:
        - { country: Japan, region: eu, mode: later, n: 42, day: 2025-01-31, at: 2025-01-31 12:30:00 }
  - name: plain
    model: told
    overrides: { env_vars: { REGION: us } }
    expect:
      rows: [{ country: Spain, region: us, mode: first, n: 4, day: 2000-01-01 }]
`,
      {
        'project.yml': `name: shop
vars: { country: Spain }
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
`,
        'macros/double.sql': '{{#macro "double" as |x|}}{{x}} * 2{{/macro}}',
        'models/told.sql': `select {{literal (var "country")}} as country, {{literal (env_var "REGION")}} as region,
  {{#if (is_incremental)}}'later'{{else}}'first'{{/if}} as mode, {{double "2"}} as n,
  current_date as day, cast(now() as timestamp) as at`,
      },
      { env: { REGION: 'moon' } },
    );
    expect(ended).toEqual({ overridden: 'pass', plain: 'pass' });
  });

  it('stops its clock at as_of_date where the project has one', async () => {
    const { ended } = await ranUnits(
      `  - { name: as_of, model: today, expect: { rows: [{ day: 2025-06-30, later: 2025-06-30 00:00:00 }] } }\n`,
      {
        'project.yml': `name: shop
vars: { as_of_date: 2025-06-30 }
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
`,
        'models/today.sql': 'select current_date as day, cast(current_timestamp as timestamp) as later',
      },
    );
    expect(ended).toEqual({ as_of: 'pass' });
  });

  it('may be one of its common tables, with no more inputs than that one reads', async () => {
    const { ended } = await ranUnits(
      `  - name: one_table
    model: joined
    cte: wanted
    given: [{ input: ref('stg'), rows: [{ id: 1 }, { id: 2 }] }]
    expect: { rows: [{ id: 2 }, { id: 4 }] }
`,
      {
        'models/joined.sql': `with base as (select id from {{ref "stg"}}),
other as (select count(*) as n from {{ref "daily"}}),
wanted as (select id * 2 as id from base)
select wanted.id, other.n from wanted cross join other`,
      },
    );
    expect(ended).toEqual({ one_table: 'pass' });
  });

  it('reads given rows of an ephemeral model, or what that reads', async () => {
    const { ended } = await ranUnits(
      `  - name: its_rows
    model: reader
    given: [{ input: ref('inlined'), rows: [{ id: 5 }] }]
    expect: { rows: [{ id: 6 }] }
  - name: their_rows
    model: reader
    given: [{ input: ref('stg'), rows: [{ id: 5 }] }]
    expect: { rows: [{ id: 51 }] }
`,
      {
        'models/inlined.sql': '{{config materialized="ephemeral"}}\nselect id * 10 as id from {{ref "stg"}}',
        'models/reader.sql': 'select id + 1 as id from {{ref "inlined"}}',
      },
    );
    expect(ended).toEqual({ its_rows: 'pass', their_rows: 'pass' });
  });

  it('reads the earlier rows of itself as "self" or "this"', async () => {
    const { ended } = await ranUnits(
      `  - name: continues
    model: later
    overrides: { macros: { is_incremental: true } }
    given:
      - { input: ref('stg'), rows: [{ id: 1 }, { id: 2 }, { id: 3 }] }
      - { input: this, rows: [{ id: 2 }] }
    expect: { rows: [{ id: 3 }] }
  - name: begins
    model: later
    given: [{ input: ref('stg'), rows: [{ id: 1 }] }]
    expect: { rows: [{ id: 1 }] }
`,
      {
        'models/later.sql': `select id from {{ref "stg"}}
{{#if (is_incremental)}}where id > (select max(id) from {{self}}){{/if}}`,
      },
    );
    expect(ended).toEqual({ continues: 'pass', begins: 'pass' });
  });

  it('shows an error of the engine at the line of its template', async () => {
    const { results } = await ranUnits(
      `  - name: fails
    model: broken
    given: [{ input: ref('stg'), rows: [{ id: 1, user_id: a }] }]
    expect: { rows: [{ id: 1 }] }
`,
      { 'models/broken.sql': 'select id,\n  cast(user_id as date) as day\nfrom {{ref "stg"}}' },
    );
    expect(results[0]).toMatchObject({
      status: 'error',
      diagnostic: { code: 'SQL-001', span: { source: { path: 'models/broken.sql' }, start: { line: 2 } } },
    });
  });
});

describe('mistakes in unit tests', () => {
  it('of the project are told all at once, at their lines', async () => {
    expect(
      await refused(`  - name: of_nothing
    model: dayly
    expect: { rows: [] }
  - name: twice
    model: daily
    given: [{ input: ref('stg'), rows: [] }]
    expect: { rows: [] }
  - name: twice
    model: daily
    given: [{ input: ref('stg'), rows: [] }]
    expect: { rows: [] }
  - name: inputs
    model: daily
    given:
      - { input: ref('stgg'), rows: [] }
      - { input: "source('raw', 'events')", rows: [] }
      - { input: "every row", rows: [] }
      - { input: ref('stg'), rows: [] }
      - { input: ref('stg'), rows: [] }
    expect: {}
  - name: formats
    model: daily
    given: [{ input: ref('stg'), rows: [], format: csv }]
    expect: { fixture: nowhere }
`),
    ).toEqual([
      'TST-101 models/units.yml:3:12 There is no model "dayly" to test. | Did you mean "daily"?',
      'TST-102 models/units.yml:9:11 The unit test "twice" of this model is declared twice. | Give one of the two another name.',
      expect.stringContaining('REF-001 models/units.yml:16:18'),
      expect.stringContaining(
        "TST-104 models/units.yml:17:18 \"daily\" does not read source('raw', 'events').",
      ),
      expect.stringContaining('TST-103 models/units.yml:18:18 An input is a relation that the model reads'),
      expect.stringContaining("TST-105 models/units.yml:20:18 The rows of ref('stg') are given twice."),
      expect.stringContaining('TST-107 models/units.yml:21:13 No rows are given here.'),
      expect.stringContaining('TST-109 models/units.yml:24:40 Rows of the format "csv" are one text.'),
      expect.stringContaining(
        'TST-110 models/units.yml:25:24 There is no fixture "nowhere.csv" or "nowhere.sql".',
      ),
    ]);
  });

  it('of inputs, macros, common tables and clocks are told together', async () => {
    expect(
      await refused(`  - name: no_input
    model: daily
    expect: { rows: [] }
  - name: no_table
    model: daily
    cte: per_dayy
    given: [{ input: ref('stg'), rows: [] }]
    expect: { rows: [] }
  - name: no_macro
    model: daily
    overrides: { macros: { is_incremntal: true }, now: noon }
    given: [{ input: ref('stg'), rows: [] }]
    expect: { rows: [] }
`),
    ).toEqual([
      `TST-106 models/units.yml:2:11 Unit test "no_input" does not say which rows ref('stg') has. | Add "- { input: "ref('stg')", rows: [] }" to "given" if it is to have none.`,
      'TST-112 models/units.yml:5:11 "daily" has no common table "per_dayy". | Did you mean "per_day"?',
      'TST-111 models/units.yml:12:28 There is no macro or helper "is_incremntal" to override. | Did you mean "is_incremental"?',
      'TST-113 models/units.yml:12:51 The clock cannot stand at "noon". | Write an instant in UTC: now: "2025-01-31 12:00:00".',
    ]);
  });

  it('of columns and values are told together, in given and expected rows', async () => {
    expect(
      await refused(
        `  - name: rows
    model: daily
    given:
      - input: ref('stg')
        rows:
          - { day: 2025-01-01, usr_id: a }
          - { day: yesterday, id: 1.5 }
    expect:
      rows:
        - { day: 2025-01-01, dau: many, mau: 1 }
  - name: csv
    model: daily
    given:
      - { input: ref('stg'), fixture: rows }
    expect: { rows: [] }
`,
        { 'tests/fixtures/rows.csv': 'id,day\n1,2025-02-30\n' },
      ),
    ).toEqual([
      'TST-116 models/units.yml:8:20 "yesterday" is not a date (2025-12-31), and the column "day" is of the type date.',
      `TST-115 models/units.yml:7:40 ref('stg') has no column "usr_id". | Did you mean "user_id"?`,
      'TST-116 models/units.yml:8:35 "1.5" is not a whole number, and the column "id" is of the type bigint.',
      'TST-116 models/units.yml:11:35 "many" is not a whole number, and the column "dau" is of the type bigint.',
      'TST-115 models/units.yml:11:46 "daily" has no column "mau". | Did you mean "dau"?',
      'TST-116 tests/fixtures/rows.csv:2:3 "2025-02-30" is not a date (2025-12-31), and the column "day" is of the type date.',
    ]);
  });

  it('that give a column twice are refused, whichever case it is written in', async () => {
    expect(
      await refused(`  - name: mapping
    model: daily
    given: [{ input: ref('stg'), rows: [{ id: 1, ID: 2 }] }]
    expect:
      rows: |
        dau, DAU
        1,2
`),
    ).toEqual([
      'TST-114 models/units.yml:4:54 The column "ID" is given twice.',
      'TST-114 models/units.yml:6:13 The column "DAU" is given twice.',
    ]);
  });

  it('of SQL are told at its place: columns that there are not, and values that do not fit', async () => {
    expect(
      await refused(`  - name: no_such_column
    model: daily
    given: [{ input: ref('stg'), rows: "select 1 as id, 'a' as usr_id" }]
    expect: { rows: [] }
  - name: no_number
    model: daily
    given: [{ input: ref('stg'), rows: "select 'x' as id" }]
    expect: { rows: [] }
`),
    ).toEqual([
      expect.stringMatching(/^TST-115 models\/units.yml:4:40 ref\('stg'\) has no column "usr_id"/),
      expect.stringMatching(/^TST-118 models\/units.yml:8:40 .*Could not convert string 'x'/),
    ]);
    const { results } = await ranUnits(`  - name: expects_too_much
    model: daily
    given: [{ input: ref('stg'), rows: [] }]
    expect: { rows: "select 1 as dau, 2 as mau limit 0" }
`);
    expect(results[0]).toMatchObject({
      status: 'error',
      message: expect.stringContaining('"daily" has no column "mau"'),
    });
  });

  it('of fixtures are told at their place', async () => {
    expect(
      await refused(
        `  - name: ragged
    model: daily
    given: [{ input: ref('stg'), fixture: rows }]
    expect: { rows: [] }
  - name: sql
    model: daily
    given:
      - { input: ref('stg'), rows: "select nothing", format: sql }
    expect: { rows: [] }
`,
        { 'tests/fixtures/rows.csv': 'id,day\n1\n' },
      ),
    ).toEqual([
      'TST-114 tests/fixtures/rows.csv:2:1 A row has 1 cells, and there are 2 columns.',
      expect.stringContaining(
        'TST-118 models/units.yml:9:36 The embedded engine refuses the SQL of these rows',
      ),
    ]);
  });
});

describe('a build', () => {
  const PASSES = `  - name: counts
    model: daily
    given:${STG_ROWS}    expect: { rows: [{ dau: 1 }, { dau: 2 }] }
`;
  const EVENTS = {
    'models/stg.sql': `select 1 as id, date '2025-01-01' as day, 'a' as user_id, timestamp '2025-01-01 00:00:00' as seen_at`,
  };

  it('runs unit tests before their model, and not again while nothing changed that they read', async () => {
    const model = project(PASSES, EVENTS);
    const first = await model.build();
    expect(first.ended).toEqual({ stg: 'success', daily: 'success', counts: 'pass' });
    const order = first.summary.results.map(({ name }) => name);
    expect(order.indexOf('counts')).toBeLessThan(order.indexOf('daily'));
    expect((await model.build()).ended).toMatchObject({ counts: 'cached pass' });

    model.write({
      'models/stg.sql': EVENTS['models/stg.sql'].replace(
        `date '2025-01-01' as day`,
        `date '2025-01-02' as day`,
      ),
    });
    expect((await model.build()).ended).toMatchObject({ counts: 'pass', daily: 'success' });
  });

  it('does not build a model whose unit test fails, nor what reads it', async () => {
    const { ended, published } = await project(PASSES.replace('dau: 1', 'dau: 9'), {
      ...EVENTS,
      'models/weekly.sql': 'select * from {{ref "daily"}}',
    }).build();
    expect(ended).toEqual({ stg: 'success', counts: 'fail', daily: 'skipped', weekly: 'skipped' });
    expect(published).toEqual(['stg']);
  });

  it('of selected models brings their unit tests along, and a selector finds them', async () => {
    const model = project(PASSES, EVENTS);
    expect((await model.build({ select: ['stg'] })).ended).toEqual({ stg: 'success' });
    const found = async (selector: string) => Object.keys((await model.test({ select: [selector] })).ended);
    expect(await found('daily')).toEqual(['counts']);
    expect(await found('counts')).toEqual(['counts']);
    expect(await found('test_type:unit')).toEqual(['counts']);
    expect(await found('unit_test:cou*')).toEqual(['counts']);
    expect(await found('resource_type:unit_test')).toEqual(['counts']);
  });

  it('leaves out the unit tests of a disabled model, and disabled ones', async () => {
    const model = project(
      `${PASSES.replace('model: daily', 'model: off')}  - { name: off_too, model: stg, config: { enabled: false }, expect: { rows: [] } }\n`,
      {
        ...EVENTS,
        'models/off.sql': '{{config enabled=false}}\nselect day as d, 1 as dau from {{ref "stg"}}',
      },
    );
    expect(Object.keys((await model.build()).ended).sort()).toEqual(['daily', 'stg']);
  });
});

describe('unit tests alone', () => {
  it('need no warehouse: the server of the target may be down', async () => {
    const { ended } = await ranUnits(
      `  - name: offline
    model: stg
    given: [{ input: "source('raw', 'events')", rows: [{ id: 1, user_id: a }, { id: 2 }] }]
    expect: { rows: [{ id: 1 }] }
`,
      {
        'project.yml': `name: shop
targets:
  dev: { adapter: postgres, host: localhost, port: 1, user: nobody, database: none, schema: analytics }
`,
      },
    );
    expect(ended).toEqual({ offline: 'pass' });
  });
});
