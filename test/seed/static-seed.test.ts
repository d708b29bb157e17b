import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { SeedNode } from '../../src/manifest/node.ts';
import { seedStatements } from '../../src/seed/seed-statements.ts';
import { readStaticSeed } from '../../src/seed/static-seed.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';

test('Types are inferred, an empty cell is NULL, a BOM and CRLF do no harm', async () => {
  const csv =
    '\uFEFFcode,n,price,ok,day,at,name\r\n007,1,1.50,true,2025-01-01,2025-01-01 10:00:00,"a, ""b"""\r\n008,,20,false,,,\r\n';
  const { seed, problems } = await read(csv);
  expect(problems).toEqual([]);
  expect(seed?.columns.map(({ name, type }) => `${name} ${type.kind}`)).toEqual([
    ...[
      'code varchar',
      'n bigint',
      'price numeric',
      'ok boolean',
      'day date',
      'at timestamp',
      'name varchar',
    ],
  ]);
  expect(seed?.rows).toEqual([
    ['007', '1', '1.50', 'true', '2025-01-01', '2025-01-01 10:00:00', 'a, "b"'],
    ['008', null, '20', 'false', null, null, null],
  ]);
});

test('All mistakes are reported at their line and column', async () => {
  const { problems } = await read('id,day,Id\n1,2025-01-01\n2,2025-13-01,x\n', { id: 'integer' });
  expect(problems).toEqual(['1:8 LOD-011', '2:13 LOD-012']);
  const values = await read('id,day\nx1,2025-01-01\n99999999999,2025-02-30\n', {
    id: 'integer',
    day: 'date',
    dya: 'date',
    x: 'blob',
  });
  expect(values.problems).toEqual(['1:1 LOD-015', '1:1 LOD-015']);
  const cells = await read('id,day\nx1,2025-01-01\n99999999999,2025-02-30\n', { id: 'integer', day: 'date' });
  expect(cells.problems).toEqual(['2:1 LOD-014', '3:1 LOD-014', '3:13 LOD-014']);
});

test('An unclosed quote is shown where it opens', async () => {
  expect((await read('id,name\n1,a\n2,"b\n3,c\n')).problems).toEqual(['3:3 LOD-013']);
});

test('An empty file is refused, a header alone is a table without rows', async () => {
  expect((await read('')).problems).toEqual(['1:1 LOD-010']);
  expect((await read('id,name\n')).seed?.rows).toEqual([]);
});

test('The statements of a seed make its table on the engine', async () => {
  const { seed } = await read("id,price,ok,day,name\n1,1.50,true,2025-01-01,it's\n2,,,,\n");
  if (seed === undefined) throw new Error('no seed');
  const statements = seedStatements(duckdbDialect, { schema: 'main', name: 'things' }, seed, {});
  expect(statements[1]).toMatchInlineSnapshot(`
    "insert into main.things (id, price, ok, day, name)
    values
      (1, 1.50, true, cast('2025-01-01' as date), 'it''s'),
      (2, null, null, null, null)"
  `);
  const warehouse = await openDuckdb(':memory:');
  const session = await warehouse.open();
  for (const statement of statements) await session.execute(statement);
  const { rows } = await session.query('select * from things order by id');
  await session.close();
  await warehouse.close();
  expect(rows).toEqual([
    { id: 1n, price: '1.50', ok: true, day: '2025-01-01', name: "it's" },
    { id: 2n, price: null, ok: null, day: null, name: null },
  ]);
});

test('Many rows, or long ones, are inserted by several statements', () => {
  const columns = [{ name: 'note', type: { kind: 'varchar' } }] as const;
  const insertsOf = (rows: readonly (readonly [string])[]) =>
    seedStatements(duckdbDialect, { schema: 'main', name: 'notes' }, { columns, rows }, {}).slice(1);
  const rowsOf = (sql: string) => sql.split('\n').length - 2;
  expect(insertsOf(Array.from({ length: 2001 }, () => ['a'])).map(rowsOf)).toEqual([1000, 1000, 1]);
  const long = 'x'.repeat(900_000);
  expect(insertsOf([[long], [long], [long], ['a']]).map(rowsOf)).toEqual([2, 2]);
  expect(insertsOf([['x'.repeat(3_000_000)], ['a']]).map(rowsOf)).toEqual([1, 1]);
});

async function read(text: string, columnTypes: Readonly<Record<string, string>> = {}) {
  const found: Diagnostic[] = [];
  const seed = await readStaticSeed(nodeOf(text, columnTypes), (diagnostic) => found.push(diagnostic));
  const problems = found.map(({ code, span }) => `${span?.start.line}:${span?.start.column} ${code}`);
  return { seed, problems };
}

function nodeOf(text: string, columnTypes: Readonly<Record<string, string>>): SeedNode {
  const source = { path: 'seeds/things.csv', text };
  const config = {
    ...{
      materialized: 'seed' as const,
      enabled: true,
      publish: 'view' as const,
      delimiter: ',',
      columnTypes,
    },
    ...{
      schema: undefined,
      alias: undefined,
      storage: { sort: [] },
      bind: true,
      onError: 'skip' as const,
      grants: {},
      raw: {},
    },
  };
  const start = { line: 1, column: 1 };
  return {
    ...{
      resourceType: 'seed',
      uniqueId: 'seed.shop.things',
      name: 'things',
      path: source.path,
      fqn: ['shop', 'things'],
    },
    ...{ description: '', tags: [], meta: {}, source, sha256: '', config, columns: [] },
    relation: { schema: 'analytics', name: 'things' },
    span: { source, start, end: start },
  };
}
