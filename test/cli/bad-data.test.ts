import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import { writeBatch } from '../../src/landing/write-batch.ts';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { SHOWN, shownRows, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

const VISITS = {
  'models/raw.yml': `sources:
  - name: raw
    tables:
      - name: visits
`,
  'models/visits.sql': '{{config materialized="table"}}\nselect * from {{source "raw" "visits"}}\n',
};

const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'on_day', type: 'date' },
  { name: 'note', type: 'varchar' },
];

/** Lands a batch of visits, rows as they stand in the file. */
async function land(root: string, rows: readonly string[]): Promise<void> {
  const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
  const partition = { column: 'on_day', value: '2025-01-01' };
  await writeBatch(
    new FolderLanding(join(root, 'landing')),
    { table: 'visits', columns: COLUMNS, partition },
    [{ bytes, rows: rows.length }],
  );
}

test('Short rows, bad numbers, bad dates and open quotes of static seeds are shown at once; the code is 2', async () => {
  const cwd = copyOfShop({
    'seeds/orders.csv': 'order_id,amount,day\n1,10.5\n2,3,2025-01-02\n',
    'seeds/b.csv': 'id,on_day\n1,2025-13-01\n',
    'seeds/c.csv': 'id,n\n1,two\n',
    'seeds/d.csv': 'id,n\n1,"two\n2,x\n',
    'seeds/types.yml': `seeds:
  - name: b
    config: { column_types: { on_day: date } }
  - name: c
    config: { column_types: { n: integer } }
`,
  });
  const { code, stdout, stderr } = await model('build', { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const diagnostics = toldDiagnostics(stderr);
  expect(diagnostics.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([
    'LOD-012 seeds/orders.csv:2:7',
    'LOD-013 seeds/d.csv:2:3',
    'LOD-014 seeds/b.csv:2:3',
    'LOD-014 seeds/c.csv:2:3',
  ]);
  for (const { frame, advice } of diagnostics) expect([frame, advice]).not.toContainEqual([]);
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('A static seed may have a byte order mark and CRLF', async () => {
  const cwd = copyOfShop({ 'seeds/orders.csv': '\ufefforder_id,amount,day\r\n7,1.5,2025-01-03\r\n8,,\r\n' });
  expect(await model('run --select orders', { cwd })).toMatchObject({ code: 0 });
  expect((await shownRows(cwd))['orders']).toEqual([
    [7n, '1.5', '2025-01-03'],
    [8n, null, null],
  ]);
});

test('Bad rows that have landed are shown as file:line:column, nothing is loaded or built, and the code is 1', async () => {
  const cwd = copyOfShop(VISITS);
  await land(cwd, [
    '1,2025-01-01,a',
    'x,2025-01-01,b',
    '3,2025-02-30,c',
    '4,2025-01-01',
    '5,2025-01-01,"open',
  ]);
  const { code, stdout, stderr } = await model('build', { cwd });
  expect(code, stderr).toBe(1);
  expect(
    toldDiagnostics(stderr).map(({ code, place }) => `${code} ${place.replace(/^.*landing\//, '')}`),
  ).toEqual([
    'LOD-020 visits/on_day=2025-01-01/part-0000.csv.gz:3:1',
    'LOD-020 visits/on_day=2025-01-01/part-0000.csv.gz:4:3',
    'LOD-020 visits/on_day=2025-01-01/part-0000.csv.gz:5:13',
    'LOD-020 visits/on_day=2025-01-01/part-0000.csv.gz:6:14',
    'LOD-022 ',
  ]);
  expect(stderr).toContain('"x" is not a whole number');
  expect(stderr).toContain('--max-errors');
  expect(stdout).toContain('Failed after');
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('A landed batch may have a byte order mark and CRLF', async () => {
  const cwd = copyOfShop(VISITS);
  await land(cwd, ['1,2025-01-01,a']);
  const part = join(cwd, 'landing/visits/on_day=2025-01-01/part-0000.csv.gz');
  expect(readdirSync(join(cwd, 'landing/visits/on_day=2025-01-01'))).toContain('part-0000.csv.gz');
  const bytes = gzipSync('\ufeffid,on_day,note\r\n1,2025-01-01,a\r\n');
  writeFileSync(part, bytes);
  const manifest = join(cwd, 'landing/visits/on_day=2025-01-01/manifest.json');
  writeFileSync(
    manifest,
    readFileSync(manifest, 'utf8').replace(/"bytes": ?\d+/, `"bytes": ${bytes.length}`),
  );
  const { code, stderr } = await model('build', { cwd });
  expect(code, stderr).toBe(0);
  expect((await shownRows(cwd))['visits']).toEqual([[1, '2025-01-01', 'a']]);
});

test('A batch that was cut off before its manifest is not seen; one with a damaged part fails, and the code is 1', async () => {
  const cwd = copyOfShop(VISITS);
  await land(cwd, ['1,2025-01-01,a']);
  const folder = join(cwd, 'landing/visits/on_day=2025-01-01');
  const manifest = readFileSync(join(folder, 'manifest.json'));
  rmSync(join(folder, 'manifest.json'));
  expect(await model('load', { cwd })).toMatchObject({ code: 0 });
  expect(await shownRows(cwd, 'analytics__raw')).toEqual({});

  writeFileSync(join(folder, 'manifest.json'), manifest);
  truncateSync(join(folder, 'part-0000.csv.gz'), 5);
  const { code, stderr } = await model('build', { cwd });
  const [damaged] = toldDiagnostics(stderr);
  expect([code, damaged?.code], stderr).toEqual([1, 'LND-008']);
  expect(damaged?.place).toMatch(/visits\/on_day=2025-01-01\/manifest\.json:\d+:\d+$/);
  expect(damaged?.frame).not.toEqual([]);
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('Errors of SQL are shown at the line of the template or macro, what depends on them is skipped, and the code is 1', async () => {
  const cwd = copyOfShop({
    'macros/money.sql': `{{#macro "cents" as |column|}}
round({{column}} / 100.0, no_such_column)
{{/macro}}
{{#macro "euros" as |column|}}
1 + {{cents column}}
{{/macro}}
`,
    'models/sales.sql': '{{config materialized="table"}}\nselect\n  order_idd\nfrom {{ref "orders"}}\n',
    'models/rates.sql': 'select\n  {{euros "amount"}} as euros\nfrom {{ref "orders"}}\n',
    'models/casts.sql': `{{config materialized="table"}}\nselect cast('abc' as integer) as x\n`,
  });
  const { code, stdout, stderr } = await model('build', { cwd });
  expect(code).toBe(1);
  const diagnostics = toldDiagnostics(stderr);
  expect(diagnostics.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([
    'SQL-001 macros/money.sql:2:27',
    'SQL-001 models/casts.sql:2:8',
    'SQL-001 models/sales.sql:3:3',
  ]);
  expect(stderr).toContain('macros/money.sql:5:5  macro "cents" is called here');
  expect(stderr).toContain('models/rates.sql:2:3  macro "euros" is called here');
  expect(stderr).toContain('SQL       target/compiled/shop/models/sales.sql');
  expect(stdout).toContain('skipped');
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('A generated seed whose code throws is shown at its line, wherever it throws, and the code is 2', async () => {
  const seed = (part: string) => `import { defineSeed } from 'modelwright';

export default defineSeed({
  columns: { id: 'integer' },
  ${part}
});
`;
  const parts: Readonly<Record<string, string>> = {
    "prepare: () => { throw new Error('no names'); }, *rows() { yield [1]; },": 'seeds/visits.ts:5:',
    "*rows() { yield [1]; throw new Error('no names'); },": 'seeds/visits.ts:5:',
  };
  for (const [part, place] of Object.entries(parts)) {
    const cwd = copyOfShop({ ...VISITS, 'seeds/visits.ts': seed(part) });
    const { code, stderr } = await model('build', { cwd });
    const [failed] = toldDiagnostics(stderr);
    expect([code, failed?.code, failed?.message], stderr).toEqual([
      2,
      'LOD-003',
      'The seed failed: no names',
    ]);
    expect(failed?.place.startsWith(place), failed?.place).toBe(true);
    expect(await shownRows(cwd)).toEqual(SHOWN);
  }
});

test('A check tells the bad rows of a load with code 1, loads nothing, and is content once they are mended', async () => {
  const cwd = copyOfShop(VISITS);
  const told = async (command: string) => {
    const { code, stdout, stderr } = await model(command, { cwd });
    return { code, lines: `${stdout}${stderr}` };
  };
  await land(cwd, ['1,2025-01-01,a', 'two,2025-01-01,b']);
  const { code, lines } = await told('load --check');
  expect(code).toBe(1);
  expect(lines).toMatch(
    /on_day=2025-01-01\/part-0000\.csv\.gz:3:1 +LOD-020 Column "id": "two" is not a whole/,
  );
  await land(cwd, ['1,2025-01-01,a', '2,2025-01-01,b']);
  for (const command of ['load --check', 'load --check']) {
    const checked = await told(command);
    expect(checked.code).toBe(0);
    expect(checked.lines).toMatch(/checked +visits +2 rows/);
  }
  expect((await told('load')).lines).toMatch(/loaded +visits +2 rows/);
  expect((await told('load --check')).lines).toMatch(/reused +visits/);
});
