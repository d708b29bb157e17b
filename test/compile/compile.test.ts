import { describe, expect, test } from 'vitest';
import { compileManifest } from '../../src/compile/compile.ts';
import { compiledText } from '../../src/compile/compiled-text.ts';
import { formatPlace } from '../../src/diagnostic/span.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import {
  type FixtureModel,
  type FixtureProject,
  fixtureCompilation,
  modelId,
  sourceId,
} from './fixture-manifest.ts';

/** Compiles a fixture without mistakes and gives the compiled text of one model. */
function textOf(fixture: FixtureProject, name: string): string {
  const { compilation, diagnostics } = fixtureCompilation(fixture);
  const compiled = compileManifest(compilation).get(modelId(name));
  expect(diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([]);
  if (compiled === undefined) throw new Error('not compiled');
  return compiledText(compiled, compilation.manifest, duckdbDialect);
}

/** The diagnostics of a fixture with one model, each as `code place message`. */
function mistakesOf(sql: string, fixture: FixtureProject = {}): readonly string[] {
  const { compilation, diagnostics } = fixtureCompilation({
    ...fixture,
    models: { ...fixture.models, bad: sql },
  });
  const compiled = compileManifest(compilation, new Set([modelId('bad')]));
  if (diagnostics.some(({ severity }) => severity === 'error')) expect(compiled.size).toBe(0);
  return diagnostics.map(({ code, span, message }) => `${code} ${span && formatPlace(span)} ${message}`);
}

test('refs and sources are published names, and the file ends with one newline', () => {
  const models = {
    orders: 'select * from {{source "raw" "orders"}};\n\n',
    paid: '-- Paid orders.\nselect *\nfrom {{ref "orders"}} as o\njoin {{ref "orders"}} as p using (id)\n',
  };
  const fixture = { models, sources: ['orders'] };
  expect(textOf(fixture, 'orders')).toBe('select * from analytics__raw.orders\n');
  expect(textOf(fixture, 'paid')).toBe(
    '-- Paid orders.\nselect *\nfrom analytics.orders as o\njoin analytics.orders as p using (id)\n',
  );
});

test('a compiled node tells what it reads, each relation once', () => {
  const { compilation } = fixtureCompilation({
    models: {
      a: 'select 1 as id',
      b: 'select * from {{ref "a"}}, {{source "raw" "x"}}, {{ref "a"}} as again',
    },
    sources: ['x'],
  });
  expect(compileManifest(compilation).get(modelId('b'))?.reads).toEqual([modelId('a'), sourceId('x')]);
});

test('a selection compiles only what it names', () => {
  const { compilation } = fixtureCompilation({ models: { a: 'select 1', b: 'select 2' } });
  expect([...compileManifest(compilation, new Set([modelId('b')])).keys()]).toEqual([modelId('b')]);
});

describe('an ephemeral model', () => {
  const ephemeral = (sql: string): FixtureModel => ({ sql, materialized: 'ephemeral' });

  test('becomes a common table of its reader', () => {
    const models = { paid: ephemeral('select 1 as id -- paid'), top: 'select * from {{ref "paid"}}' };
    expect(textOf({ models }, 'top')).toBe(`\
with __model__cte__paid as (
select 1 as id -- paid
)
select * from __model__cte__paid
`);
  });

  test('joins the common tables that its reader has, behind the comments in front', () => {
    const models = {
      paid: ephemeral('select 1 as id'),
      top: '-- Top.\nWITH late as (select * from {{ref "paid"}})\nselect * from late, {{ref "paid"}} as p',
    };
    expect(textOf({ models }, 'top')).toBe(`\
-- Top.
with __model__cte__paid as (
select 1 as id
),
late as (select * from __model__cte__paid)
select * from late, __model__cte__paid as p
`);
  });

  test('joins a recursive list as one of it', () => {
    const models = {
      top_number: ephemeral('select 3 as n'),
      numbers:
        'with recursive r as (select 1 as n union all select n + 1 from r where n < (select n from {{ref "top_number"}})) select * from r',
    };
    expect(textOf({ models }, 'numbers')).toBe(`\
with recursive __model__cte__top_number as (
select 3 as n
),
r as (select 1 as n union all select n + 1 from r where n < (select n from __model__cte__top_number)) select * from r
`);
  });

  test('that reads others is written behind them, each once', () => {
    const models = {
      top: 'select * from {{ref "left"}} join {{ref "right"}} using (id) join {{ref "base"}} using (id)',
      right: ephemeral('select * from {{ref "base"}}'),
      left: ephemeral('with x as (select * from {{ref "base"}}) select * from x'),
      base: ephemeral('select 1 as id from {{ref "table"}}'),
      table: 'select 1 as id',
    };
    expect(textOf({ models }, 'top')).toBe(`\
with __model__cte__base as (
select 1 as id from analytics."table"
),
__model__cte__left as (
with x as (select * from __model__cte__base) select * from x
),
__model__cte__right as (
select * from __model__cte__base
)
select * from __model__cte__left join __model__cte__right using (id) join __model__cte__base using (id)
`);
  });

  test('runs, whatever its reader begins with', async () => {
    const models = {
      base: ephemeral('-- one\nselect 1 as id -- two'),
      twice: ephemeral('with recursive t as (select * from {{ref "base"}}) select * from t'),
      plain: 'select * from {{ref "twice"}} join {{ref "base"}} using (id)',
      listed: 'with a as (select * from {{ref "twice"}}), b as (select * from a) select * from b',
      recursive:
        'with recursive n as (select id from {{ref "twice"}} union all select id + 1 from n where id < 3) select max(id) - 2 as id from n',
      enclosed: '(select * from {{ref "base"}}) union (select id from {{ref "twice"}})',
      valued: 'values ((select id from {{ref "base"}}))',
    };
    const warehouse = await openDuckdb(':memory:');
    const session = await warehouse.open();
    for (const name of ['plain', 'listed', 'recursive', 'enclosed', 'valued']) {
      const { rows } = await session.query(textOf({ models }, name));
      expect(rows.map((row) => Number(Object.values(row)[0]))).toEqual([1]);
    }
    await warehouse.close();
  });

  test('with a name too long for the engine is cut and told apart', () => {
    const long = 'a'.repeat(60);
    const models = {
      [`${long}1`]: ephemeral('select 1 as id'),
      [`${long}2`]: ephemeral('select 2 as id'),
      top: `select * from {{ref "${long}1"}} union all select * from {{ref "${long}2"}}`,
    };
    const names = new Set(textOf({ models }, 'top').match(/__model__cte__\w+/g));
    expect(names.size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(duckdbDialect.identifierBytes);
  });

  test('with a mistake is told of once, at its own place, and its readers are left out', () => {
    const { compilation, diagnostics } = fixtureCompilation({
      models: {
        bad: ephemeral('select 1;\nselect 2'),
        one: 'select * from {{ref "bad"}}',
        two: 'select * from {{ref "bad"}}',
      },
    });
    expect(compileManifest(compilation).size).toBe(0);
    expect(diagnostics.map(({ code, span }) => `${code} ${span && formatPlace(span)}`)).toEqual([
      'CMP-002 models/bad.sql:2:1',
    ]);
  });

  test('keeps its places when it is inlined', () => {
    const models = {
      base: ephemeral('select 1 as id,\n  oops'),
      top: 'select *\nfrom {{ref "base"}} where nope',
    };
    const { compilation } = fixtureCompilation({ models });
    const compiled = compileManifest(compilation).get(modelId('top'));
    const placeOf = (text: string) => {
      const origin = compiled?.map.originAt(compiled.sql.indexOf(text));
      return origin && formatPlace(origin.span);
    };
    expect(placeOf('oops')).toBe('models/base.sql:2:3');
    expect(placeOf('nope')).toBe('models/top.sql:2:27');
    expect(placeOf('__model__cte__base where')).toBe('models/top.sql:2:6');
  });
});

describe('a mistake is told at its place:', () => {
  test.each([
    ['', ['CMP-001 models/bad.sql:1:1 Model "bad" is empty: it holds no SQL besides comments.']],
    [
      '-- nothing\n/* here */ ;',
      ['CMP-001 models/bad.sql:1:1 Model "bad" is empty: it holds no SQL besides comments.'],
    ],
    ['select 1;\nselect 2', ['CMP-002 models/bad.sql:2:1 Model "bad" holds a second statement.']],
    [
      '-- x\ncreate table t as select 1',
      ['CMP-003 models/bad.sql:2:1 Model "bad" is not a query: it begins with "create".'],
    ],
    ['from x', ['CMP-003 models/bad.sql:1:1 Model "bad" is not a query: it begins with "from".']],
    [
      "select\n  'open",
      ['CMP-004 models/bad.sql:2:3 Model "bad" holds a string, quoted name or comment that never ends.'],
    ],
    [
      'with a as (\n  select (1 + 2\n)\nselect * from a',
      ['CMP-010 models/bad.sql:1:11 Model "bad" opens a parenthesis here that is never closed.'],
    ],
    [
      'select max(1))\nfrom (select 1)',
      ['CMP-010 models/bad.sql:1:14 Model "bad" closes a parenthesis here that was never opened.'],
    ],
    [
      'select *\nfrom raw.events',
      ['CMP-005 models/bad.sql:2:6 "raw.events" is named outside ref and source.'],
    ],
    [
      "select * from 'a.csv'",
      [`CMP-006 models/bad.sql:1:15 The file 'a.csv' is read outside ref and source.`],
    ],
    [
      "select * from read_csv('a.csv')",
      ['CMP-007 models/bad.sql:1:15 "read_csv" reads outside the warehouse, where we cannot see changes.'],
    ],
    [
      'with a as (delete from {{ref "good"}} returning 1) select * from a',
      ['CMP-008 models/bad.sql:1:12 "delete" changes data; a query may only read.'],
    ],
    [
      'select * from a, {{ref "good"}}, b',
      [
        'CMP-005 models/bad.sql:1:15 "a" is named outside ref and source.',
        'CMP-005 models/bad.sql:1:34 "b" is named outside ref and source.',
      ],
    ],
  ])('%j', (sql, expected) => {
    expect(mistakesOf(sql, { models: { good: 'select 1 as id' } })).toEqual(expected);
  });

  test('semicolons at the end are no mistake', () => {
    expect(textOf({ models: { a: 'select 1 ; -- done\n;\n' } }, 'a')).toBe('select 1\n');
  });
});

describe('the hint of a relation named outside ref and source', () => {
  test.each([
    ['select * from analytics.Orders', 'Write {{ref "orders"}}.'],
    ['select * from raw.events', 'Write {{source "raw" "events"}}.'],
    ['with payments as (select 1) select * from paymets', 'Did you mean "payments"?'],
    ['select * from elsewhere', expect.stringContaining('Declare it as a source')],
  ])('%s', (sql, hint) => {
    const { compilation, diagnostics } = fixtureCompilation({
      models: { orders: 'select 1', bad: sql },
      sources: ['events'],
    });
    compileManifest(compilation);
    expect(diagnostics).toMatchObject([{ code: 'CMP-005', hint }]);
  });
});

describe('non-deterministic SQL', () => {
  test('is a warning, also for what an ephemeral model brings in', () => {
    const { compilation, diagnostics } = fixtureCompilation({
      models: {
        now: { sql: '-- x\nselect current_date as d', materialized: 'ephemeral' },
        top: 'select * from {{ref "now"}}',
      },
    });
    const compiled = compileManifest(compilation);
    expect(diagnostics).toMatchObject([
      {
        code: 'CMP-009',
        severity: 'warning',
        span: { start: { line: 2, column: 8 } },
        hint: expect.stringContaining('as_of_date'),
      },
    ]);
    expect(compiled.get(modelId('top'))?.nondeterminism).toEqual(['current_date']);
  });

  test('a function that the project declares deterministic is none', () => {
    expect(mistakesOf('select my_udf(1)')).toMatchObject([expect.stringContaining('function my_udf()')]);
    expect(mistakesOf('select my_udf(1)', { deterministicFunctions: ['MY_UDF'] })).toEqual([]);
  });
});

describe('a template sees', () => {
  test('vars, environment variables and the target', () => {
    const sql = `select {{literal (var "day")}}, {{literal (env_var "REGION")}}, {{literal (target "schema")}}`;
    const fixture = { models: { a: sql }, variables: { day: '2025-12-31' }, environment: { REGION: 'eu' } };
    expect(textOf(fixture, 'a')).toBe("select '2025-12-31', 'eu', 'analytics'\n");
  });

  test.each([
    ['select {{literal (var "dya")}}', { variables: { day: 1 } }, /"dya"/],
    ['select {{literal (env_var "NOWHERE")}}', {}, /"NOWHERE"/],
    ['select {{literal (env_var "PGPASSWORD")}}', {}, /secret/],
    ['select * from {{self}}', {}, /no earlier version/],
  ])('no %s', (sql, fixture, message) => {
    expect(mistakesOf(sql, fixture)).toEqual([expect.stringMatching(message)]);
  });
});

describe('a relation that no ref gave', () => {
  const marker = `\uE000${modelId('secret')}\uE001`;
  const models = { secret: 'select 1 as id' };
  const refused = (line: string) => [
    `CMP-011 ${line} This names a relation that no ref or source of the file gave.`,
  ];

  test('is refused where a macro in TypeScript made it, as text or as a value', () => {
    const functions = {
      text: () => marker,
      value: () => ({ kind: 'relation', uniqueId: modelId('secret') }),
      half: () => '\uE001',
    };
    expect(mistakesOf('select *\nfrom {{text}}', { models, functions })).toEqual(
      refused('models/bad.sql:2:6'),
    );
    expect(mistakesOf('select * from {{value}}', { models, functions })).toEqual(
      refused('models/bad.sql:1:15'),
    );
    expect(mistakesOf("select '{{half}}'", { models, functions })).toEqual(refused('models/bad.sql:1:9'));
  });

  test('is refused beside one that a ref gave', () => {
    const functions = { both: (relation: unknown) => `${relation}, ${marker}` };
    const bad = 'select * from {{both (ref "open")}}';
    expect(mistakesOf(bad, { models: { ...models, open: 'select 1' }, functions })).toEqual(
      refused('models/bad.sql:1:15'),
    );
  });

  test('may be passed through macros in TypeScript', () => {
    const functions = { twice: (relation: unknown) => `${relation} as a, ${relation} as b` };
    const good = 'select * from {{twice (ref "secret")}}';
    expect(mistakesOf(good, { models, functions })).toEqual([]);
  });
});
