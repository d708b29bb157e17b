import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { openLanding } from '../../src/landing/open-landing.ts';
import { generate } from '../../src/seed/generate.ts';
import { load } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { scratchFolder, seedProject } from './scratch-project.ts';

const REFERENCE = join(import.meta.dirname, '../..');
const TINY = { preset: 'tiny' };

test('The same seed gives the same files, whatever the number of threads', async () => {
  const digests: string[] = [];
  for (const threads of [1, 2, 3, 4]) {
    const landing = scratchFolder();
    await generate({
      ...seedProject(REFERENCE, landing),
      options: { ...TINY, days: 30, users: 40 },
      threads,
    });
    digests.push(digestOf(landing));
  }
  expect(new Set(digests).size).toBe(1);
});

test('Partitions of many chunks keep every row in its place, however many threads compress them', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  writeFileSync(
    join(root, 'seeds/orders.ts'),
    `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { day: 'integer', id: 'integer', note: 'varchar' },
  partition: { column: 'day' },
  partitions: () => ['1', '2', '3'],
  *rows(day) { for (let id = 0; id < 30_000; id++) yield [Number(day), id, 'x'.repeat(id % 100)]; },
});`,
  );
  const part = (day: number) =>
    `day,id,note\n${Array.from({ length: 30_000 }, (_, id) => `${day},${id},${'x'.repeat(id % 100)}\n`).join('')}`;
  for (const threads of [1, 2, 4]) {
    const landing = join(root, `landing-${threads}`);
    await generate({ ...seedProject(root, landing), options: TINY, threads });
    for (const day of [1, 2, 3]) expect(csvOf(landing, `orders/day=${day}`) === part(day)).toBe(true);
  }
});

test('The tiny preset has the rows it always had', async () => {
  const landing = scratchFolder();
  const result = await generate({ ...seedProject(REFERENCE, landing), options: TINY });
  expect(result.rows).toMatchInlineSnapshot(`3139`);
  const csv = (table: string) => createHash('sha256').update(csvOf(landing, table)).digest('hex');
  expect(['daily_dump', 'mapping_sheet', 'subscription_data', 'users'].map(csv)).toMatchInlineSnapshot(`
    [
      "40770fa31e6782d4788c68a3b3abfa393157b0ad08f15ef3d526fe6f7be2dbca",
      "9ef59449b52b136bffd055a4c824927130e4ebe1585d0e66f5234d953e0155be",
      "23df91c2e22865a07708f7e3e43fd483cb4be63068ad8023d6c25dd9d17cde74",
      "eb7d04f6c5211a6525a49f3b5af0b1df22aa24db26365c1cb5c06056c1e70d46",
    ]
  `);
});

test('A second generation with the same inputs writes nothing, and without options keeps those of the first', async () => {
  const landing = scratchFolder();
  const input = seedProject(REFERENCE, landing);
  await generate({ ...input, options: { preset: 'tiny', seed: 7, days: 20, users: 10 } });
  const again = await generate({ ...input, options: {} });
  expect(again).toMatchObject({
    unchanged: true,
    batchesWritten: 0,
    options: { seed: 7, days: 20, users: 10 },
  });
});

test('A batch without a manifest is written again, the others are kept', async () => {
  const landing = scratchFolder();
  const input = seedProject(REFERENCE, landing);
  const options = { preset: 'tiny', days: 20, users: 20 };
  await generate({ ...input, options });
  const whole = digestOf(landing);
  rmSync(join(landing, 'daily_dump/load_date=2025-12-30/manifest.json'));
  writeFileSync(join(landing, 'daily_dump/load_date=2025-12-30/.part-0001.csv.gz.1-1.tmp'), 'half');
  expect(await generate({ ...input, options })).toMatchObject({ batchesWritten: 1, batchesKept: 41 });
  expect(digestOf(landing)).toBe(whole);
});

test('Partitions that a shorter generation lacks become empty batches', async () => {
  const landing = scratchFolder();
  const input = seedProject(REFERENCE, landing);
  await generate({ ...input, options: { preset: 'tiny', days: 20, users: 20 } });
  const shorter = await generate({ ...input, options: { preset: 'tiny', days: 15, users: 20 } });
  expect(shorter).toMatchObject({ batchesWritten: 32 });
  expect(shorter.batchesEmptied).toBeGreaterThan(0);
  const batches = await (await openLanding({ address: landing })).batches('daily_dump', raise);
  expect(batches).toHaveLength(20);
  expect(batches.slice(0, 5).every(({ manifest }) => manifest.entries.length === 0)).toBe(true);
});

test('The options of a generation are checked', async () => {
  const input = seedProject(REFERENCE, scratchFolder());
  await expect(generate({ ...input, options: { preset: 'tyni' } })).rejects.toThrow(/no preset "tyni"/);
  await expect(generate({ ...input, options: { days: 0, asOf: '2025-02-30' } })).rejects.toThrow(
    /--days.*[\s\S]*--as-of/,
  );
});

test('A module that declares no seed, and a seed that throws, are diagnostics that name the file', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  const landing = join(root, 'landing');
  writeFileSync(join(root, 'seeds/orders.ts'), 'export default { columns: { id: "integer" } };');
  await expect(generate({ ...seedProject(root, landing), options: TINY })).rejects.toThrow(/LOD-002/);
  rmSync(join(root, 'seeds/orders.ts'));
  writeFileSync(join(root, 'seeds/returns.ts'), seedSource('throw new Error("no orders today");'));
  await expect(generate({ ...seedProject(root, landing), options: TINY })).rejects.toThrow(
    /LOD-003.*no orders today/,
  );
  expect(existsSync(join(landing, 'returns/manifest.json'))).toBe(false);
});

test('What a seed throws is shown at the line of the project that threw it, whoever called it', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  writeFileSync(
    join(root, 'seeds/_stock.ts'),
    'export function stock(): never {\n  throw new Error("sold out");\n}\n',
  );
  const members = {
    rows: '*rows() { stock(); }',
    prepare: 'prepare: () => stock(), *rows() {}',
    partitions: "partition: { column: 'id' }, partitions: () => stock(), *rows() {}",
  };
  for (const [name, member] of Object.entries(members)) {
    const source = `import { defineSeed } from 'modelwright';\nimport { stock } from './_stock.ts';\nexport default defineSeed({ columns: { id: 'integer' }, ${member} });`;
    writeFileSync(join(root, `seeds/${name}.ts`), source);
    const generation = generate({ ...seedProject(root, join(root, 'landing')), options: TINY });
    const error = await generation.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiagnosticError);
    const [first] = (error as DiagnosticError).diagnostics;
    expect([first?.code, first?.message]).toEqual(['LOD-003', 'The seed failed: sold out']);
    expect([first?.span?.source.path, first?.span?.start]).toEqual([
      'seeds/_stock.ts',
      { line: 2, column: 3 },
    ]);
    rmSync(join(root, `seeds/${name}.ts`));
  }
});

test('A seed that cannot import something is a diagnostic that names it', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  writeFileSync(
    join(root, 'seeds/orders.ts'),
    `import { nothing } from './_missing.ts';\nexport default nothing;`,
  );
  const generation = generate({ ...seedProject(root, join(root, 'landing')), options: TINY });
  await expect(generation).rejects.toThrow(/PRJ-016.*orders\.ts.*_missing/);
});

test('A seed without any partition is an empty batch with its columns, until it has one', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  const landing = join(root, 'landing');
  writeFileSync(
    join(root, 'seeds/orders.ts'),
    `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'date' },
  partition: { column: 'day' },
  partitions: ({ users }) => ['2025-01-01', '2025-01-02'].slice(0, users - 1),
  *rows(day) { yield [1, day]; },
});`,
  );
  const zone = await openLanding({ address: landing });
  const warehouse = await openDuckdb(join(scratchFolder(), 'orders.duckdb'));
  onTestFinished(() => warehouse.close());
  const loaded = async (loadId: string, users: number) => {
    await generate({ ...seedProject(root, landing), options: { users } });
    const outcomes = await load({ landing: zone, warehouse, schema: 'analytics', loadId });
    expect(outcomes).toMatchObject([{ kind: 'loaded', table: 'orders' }]);
    const session = await warehouse.open();
    const { rows } = await session.query('select id, day from "analytics__raw"."orders" order by day');
    await session.close();
    return rows.map((row) => row['day']);
  };
  expect(await loaded('first', 1)).toEqual([]);
  expect(await generate({ ...seedProject(root, landing), options: {} })).toMatchObject({ unchanged: true });
  expect(await loaded('second', 3)).toEqual(['2025-01-01', '2025-01-02']);
  expect(await loaded('third', 2)).toEqual(['2025-01-01']);
  expect(await loaded('fourth', 1)).toEqual([]);
});

test('The first generation ends on the project’s as_of_date, later ones where it ended', async () => {
  const landing = scratchFolder();
  const { project, seeds } = seedProject(REFERENCE, landing);
  const dated = (value: string) => ({
    ...project,
    variables: new Map([['as_of_date', { value, perRun: true }]]),
  });
  const small = { preset: 'tiny', days: 3, users: 3 };
  const first = await generate({ project: dated('2025-06-30'), seeds, options: small });
  expect(first.options.asOf).toBe('2025-06-30');
  const second = await generate({ project: dated('2025-09-30'), seeds, options: small });
  expect(second).toMatchObject({ unchanged: true, options: { asOf: '2025-06-30' } });
});

test('Values are written as RFC 4180 has them, NULL as @NULL@', async () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'seeds'));
  const landing = join(root, 'landing');
  const rows = 'yield [1, "a,\\"b\\"\\nc"]; yield [2n, ""]; yield [-3.5, null];';
  writeFileSync(join(root, 'seeds/orders.ts'), seedSource(rows));
  await generate({ ...seedProject(root, landing), options: TINY });
  expect(csvOf(landing, 'orders')).toBe('id,name\n1,"a,""b""\nc"\n2,\n-3.5,@NULL@\n');
});

function seedSource(body: string): string {
  return `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { id: 'numeric(9,1)', name: 'varchar' }, *rows() { ${body} } });`;
}

function csvOf(landing: string, table: string): string {
  return filesOf(join(landing, table))
    .filter((file) => file.endsWith('.gz'))
    .map((file) => gunzipSync(readFileSync(file)).toString('utf8'))
    .join('');
}

function digestOf(landing: string): string {
  const hash = createHash('sha256');
  for (const file of filesOf(landing)) {
    hash
      .update(file.slice(landing.length))
      .update(file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function raise(problem: { readonly message: string }): never {
  throw new Error(problem.message);
}
