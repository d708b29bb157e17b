import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findStrayRelations } from '../../src/compile/stray-relation.ts';
import { canonicalTokens } from '../../src/dialect/canonical-tokens.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { relationMarker } from '../../src/template/relation-marker.ts';

const M = relationMarker('model.shop.orders');
const N = relationMarker('model.shop.users');

function strays(sql: string): readonly string[] {
  return findStrayRelations(canonicalTokens(duckdbDialect.tokenize(sql)), duckdbDialect).map(
    ({ kind, text }) => `${kind} ${text}`,
  );
}

describe('a query that names only refs, sources and its own CTEs is clean:', () => {
  test.each([
    `select * from ${M}`,
    `select 1`,
    `values (1, 2), (3, 4)`,
    `select * from ${M} as o, ${N} u where o.id = u.id`,
    `select a, b, c from ${M} where d in (1, 2, 3) group by a, b, c order by a, b limit 10`,
    `select extract(year from created_at), substring(name from 1 for 2) from ${M}`,
    `select extract(epoch from created_at - shipped_at) as seconds from ${M}`,
    `select trim(both from name), trim(leading 'x' from name), trim(from name) from ${M}`,
    `select overlay(name placing 'x' from 2 for 1) from ${M}`,
    `select extract (year from (select max(created_at) from ${M}))`,
    `select a is distinct from b, a is not distinct from b from ${M}`,
    `select * from ${M} where a is distinct from b and c is not distinct from d`,
    `with a as (select * from ${M}), b as (select * from a) select * from b join a using (id)`,
    `with a (x, y) as (select 1, 2) select * from a`,
    `with a as materialized (select 1), b as not materialized (select * from a) select * from b`,
    `with recursive days as (select 1 as n union all select n + 1 from days where n < 9) select * from days`,
    `WITH A AS (SELECT 1) SELECT * FROM a`,
    `with "A b" as (select 1) select * from "a B"`,
    `select * from (select * from ${M}) as x`,
    `select * from (with a as (select * from ${M}) select * from a) as x`,
    `with a as (select 1) select (select count(*) from a) as n, exists (select 1 from a) from ${M}`,
    `with a as (select 1) select * from ${M} where id in (with b as (select * from a) select * from b)`,
    `select * from ${M} cross join lateral (select ${'1'}) as l`,
    `select * from ${M}, lateral (select 1) as l`,
    `select * from (${M} join ${N} using (id))`,
    `select * from ((${M} o join ${N} u on o.id = u.id) left join ${M} x on x.id = o.id)`,
    `select * from ((select * from ${M}) union all (select * from ${M})) as x`,
    `(select * from ${M}) union all (select * from ${N}) order by 1, 2`,
    `select * from ${M} union select * from ${N} except all select * from ${M} order by a, b`,
    `select * from generate_series(1, 10) as g(n), range(5)`,
    `select * from unnest([1, 2, 3]) with ordinality as t(a, b)`,
    `select * from ${M} o left join ${N} u on o.id = u.id and u.kind in ('a', 'b'), ${M} p`,
    `select * from ${M} o join ${N} u on o.tags = ['a', 'b'] and o.s = {'a': 1, 'b': 2}`,
    `select * exclude (a) replace (b as c) from ${M}`,
    `select sum(x) over (partition by a, b order by c rows between unbounded preceding and current row) from ${M}`,
    `select sum(x) over w from ${M} window w as (partition by a, b), v as (order by c)`,
    `select x from ${M} qualify row_number() over (partition by a, b order by c) = 1`,
    `select listagg(x, ',') within group (order by x, y) from ${M} group by a, b`,
    `select o."from", o.join, 1 as "select" from ${M} as o`,
    `select 1 as from, 2 from ${M}`,
    `select 'from nowhere' as a /* from nowhere */ -- from nowhere
     from ${M}`,
    `select $$from nowhere$$ from ${M}`,
    `select r.as, o.from, histogram(o.id) from ${M} r, ${N} o`,
    `with a as (select 1) select as.from from (values (1), (2)) as v(x), a as "as"`,
    `from ${M} select a, b`,
    `select * from x: ${M}`,
    `select cast(a as timestamp with time zone), a::timestamp with time zone from ${M}`,
    `select * from ${M} tablesample (10 percent) fetch first 5 rows only`,
    `select * from ${M} asof join ${N} using (id, at), ${M} y`,
    `select * from (pivot ${M} on year, kind using sum(a), max(b) group by c)`,
    `select case when a in (select id from ${N}) then 1 else 2 end, b from ${M}`,
    `select array(select id from ${N} order by a, b) from ${M}`,
    `select count(*) filter (where a in (select id from ${N})), 2 from ${M}`,
    `select grouping(a), a, b from ${M} group by grouping sets ((a), (b, c), ())`,
    `select [x for x in list_value(1, 2)] from ${M}`,
    `select * from (values (1, 'a'), (2, 'b')) as v(id, name)`,
    `with show as (select 1), "values" as (select 2) select * from show s, "values" v`,
    `select values, sum(values) from ${M} group by values`,
    `with a as (select 1) select * from (a join ${M} using (id)) as x, (a)`,
  ])('%s', (sql) => {
    expect(strays(sql)).toEqual([]);
  });
});

describe('a relation that is named outside ref and source is found:', () => {
  test.each([
    ['select * from orders', ['table orders']],
    ['select * from raw.orders o', ['table raw.orders']],
    ['select * from db . raw."Orders"', ['table db.raw."Orders"']],
    ['select * from "orders"', ['table "orders"']],
    ['select * from only orders', ['table orders']],
    [`select * from ${M}, orders`, ['table orders']],
    [`select * from ${M} o join orders using (id)`, ['table orders']],
    [
      `select * from ${M} o left outer join raw.orders x on o.id = x.id, users`,
      ['table raw.orders', 'table users'],
    ],
    [`select * from ${M} o join ${N} u on o.a = u.a and o.b in (1, 2), users`, ['table users']],
    ['select * from (select * from orders) as x', ['table orders']],
    ['select * from (orders join users using (id))', ['table orders', 'table users']],
    ['select * from ((orders))', ['table orders']],
    [`select (select max(a) from orders) from ${M}`, ['table orders']],
    [`select * from ${M} where id in (select id from orders)`, ['table orders']],
    [`select extract(year from (select max(at) from orders)) from ${M}`, ['table orders']],
    ['with orders as (select * from orders) select * from orders', ['table orders']],
    ['with a as (select * from b), b as (select 1) select * from a', ['table b']],
    [`select * from (with a as (select 1) select * from a) as x, a`, ['table a']],
    ['with a as (select 1) select * from raw.a', ['table raw.a']],
    [`select * from ${M} union all select * from orders`, ['table orders']],
    [`select * from ${M} union all (select * from orders)`, ['table orders']],
    [`select * from ${M} union table orders`, ['table orders']],
    ['with a as (table orders) select * from a', ['table orders']],
    ['from orders', ['table orders']],
    ['select * from (from orders) as x', ['table orders']],
    ['select * from x: orders', ['table orders']],
    ['select * from (pivot orders on a, b using sum(c))', ['table orders']],
    ['select * from (summarize orders)', ['table orders']],
    [`select * from ${M} where exists (select 1 from orders), users`, ['table orders']],
    [`select a is distinct from b from orders`, ['table orders']],
    [`select * from ${M}, lateral (select * from orders) as x`, ['table orders']],
    [`select * from 'data/orders.csv'`, [`file 'data/orders.csv'`]],
    [`select * from ${M}, 'orders.parquet' as p`, [`file 'orders.parquet'`]],
    [`select * from ('orders.parquet')`, [`file 'orders.parquet'`]],
    [`select * from read_csv('orders.csv')`, ['function read_csv']],
    [`select * from main.Read_Csv_Auto('orders.csv') as x`, ['function Read_Csv_Auto']],
    [`select * from "read_text"('/etc/passwd')`, ['function "read_text"']],
    [`select * from ${M} join glob('*') on true`, ['function glob']],
    [`select getenv('HOME') from ${M}`, ['function getenv']],
    [`select substring(getenv('HOME') from 2) from ${M}`, ['function getenv']],
    [`with a as (delete from orders returning *) select * from a`, ['modification delete', 'table orders']],
    [`select a into copied from ${M}`, ['modification into']],
    ['select * from information_schema.tables', ['table information_schema.tables']],
    ['select r.as from raw.orders r', ['table raw.orders']],
    ['select 1 as as from orders', ['table orders']],
    [`select * from values (1), (2) v(a), orders`, ['table orders']],
    [`select * from (values (1) v(a) join orders on true)`, ['table orders']],
    ['select * from (pivot_wider orders on a using sum(b))', ['table orders']],
    ['select * from (pivot_longer orders on a into name k value v)', ['table orders']],
    [`select * from histogram_values(raw.orders, id)`, ['function histogram_values']],
    [`select * from histogram('raw.orders', id)`, ['function histogram']],
    ['select *\u3000from\u00a0orders\u2003where true', ['table orders']],
    ['select * -- of\rfrom orders', ['table orders']],
  ])('%s', (sql, expected) => {
    expect(strays(sql)).toEqual(expected);
  });
});

test('the places are those of the name in the text', () => {
  const sql = 'select *\nfrom raw . orders as o';
  const [stray] = findStrayRelations(canonicalTokens(duckdbDialect.tokenize(sql)), duckdbDialect);
  expect(sql.slice(stray?.start, stray?.end)).toBe('raw . orders');
});

test('the CTEs in scope are told, for suggestions', () => {
  const sql = 'with Paid as (select 1), late as (select 2) select * from piad';
  const [stray] = findStrayRelations(canonicalTokens(duckdbDialect.tokenize(sql)), duckdbDialect);
  expect(stray?.commonTables).toEqual(['Paid', 'late']);
});

/** Queries that are clean by construction, each with the number of tables that stand where `TABLE` stands. */
const query = fc.letrec<{ query: string; table: string; condition: string; column: string }>((tie) => ({
  column: fc.constantFrom(
    'a',
    'o.b',
    'extract(year from c)',
    'trim(both from d)',
    'sum(x) over (partition by a, b)',
    "case when a then 'from x' end",
  ),
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a = b', 'a is not distinct from b', "a in ('x', 'y')"),
    tie('query').map((inner) => `id in (${inner})`),
  ),
  table: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(M, N, 'TABLE', 'generate_series(1, 3)'),
    tie('query').map((inner) => `(${inner}) as q`),
    fc.tuple(tie('table'), tie('table')).map(([left, right]) => `(${left} join ${right} on true)`),
  ),
  query: fc
    .tuple(
      fc.array(tie('column'), { minLength: 1, maxLength: 3 }),
      fc.array(tie('table'), { minLength: 1, maxLength: 3 }),
      fc.option(tie('condition')),
      fc.boolean(),
    )
    .map(([columns, tables, condition, ordered]) =>
      [
        `select ${columns.join(', ')} from ${tables.join(', ')}`,
        ...(condition === null ? [] : [`where ${condition}`]),
        ...(ordered ? ['group by a, b'] : []),
      ].join(' '),
    ),
}));

test('every table in a generated query is found, and nothing else', () => {
  fc.assert(
    fc.property(query.query, (text) => {
      const tables = text.split('TABLE').length - 1;
      expect(strays(text.replaceAll('TABLE', 'stray.t'))).toEqual(Array(tables).fill('table stray.t'));
      expect(strays(`with cte as (select 1) ${text.replaceAll('TABLE', 'cte')}`)).toEqual([]);
    }),
  );
});

test('no text makes it fail or run away', () => {
  const piece = fc.constantFrom(
    ...[
      'select',
      'from',
      'with',
      'as',
      '(',
      ')',
      '[',
      ']',
      ',',
      '.',
      'join',
      'x',
      '"y"',
      "'z'",
      M,
      'union',
      ':',
    ],
    ...[
      'distinct',
      'is',
      'values',
      'table',
      'recursive',
      'lateral',
      ';',
      '1',
      'into',
      'pivot',
      'not',
      'materialized',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(Array.isArray(strays(pieces.join(' ')))).toBe(true);
    }),
  );
  expect(strays('('.repeat(50_000))).toEqual([]);
  expect(strays('with a as '.repeat(20_000))).toEqual(expect.any(Array));
});
