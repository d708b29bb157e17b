import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { modelHere as model } from '../support/program-here.ts';
import { scratchProject } from '../support/scratch-project.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs');

test('README.md counts the nodes, tables and tests of the reference project', async () => {
  const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const { stdout } = await model('ls --output csv', { cwd: ROOT });
  const [header = '', ...listed] = stdout.trim().split('\n');
  const rows = listed.filter((row) => !row.includes('source.product_analytics.published.'));
  const column = header.split(',').indexOf('resource_type');
  const types = rows.map((row) => row.split(',')[column]);
  const count = (...wanted: readonly string[]) => types.filter((type) => wanted.includes(type ?? '')).length;
  expect(page).toContain(`${types.length} nodes, 4 threads`);
  const tests = count('test', 'unit_test');
  expect(page).toContain(`builds ${count('model', 'seed')} tables, runs ${tests} tests and publishes`);
  expect(page).toContain(`Compiled ${count('model')} models and ${tests} tests.`);
  expect(page).toContain(`${tests} passed`);
  expect(page).toContain(
    `${count('generated_seed')} generated, ${count('source')} loaded, ${count('model', 'seed')} built`,
  );
});

test('README.md names what is published first, and counts the columns that it leaves out', async () => {
  const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const { stdout } = await model('ls --resource-type model seed', { cwd: ROOT });
  const names = listed(stdout).map((name) => name.slice(name.lastIndexOf('.') + 1));
  const [, shown = ''] = /^Published: (.*)/m.exec(page) ?? [];
  expect(shown).toBe(`${names.length} (${names.slice(0, 12).join(', ')}, and ${names.length - 12} more)`);

  const { columns } = readMart('daily');
  const [, header = ''] = /^\$ npx model show -s daily .*\n(.*)/m.exec(page) ?? [];
  const inPage = header.split(/ +/).filter((name) => name !== '...');
  expect(inPage).toEqual(columns.slice(0, inPage.length));
  const left = columns.length - inPage.length;
  expect(page).toContain(`${COUNTS[left] ?? left} more columns are left out here.`);
});

test('select-nodes.md: a selection means what it shows', async () => {
  const [, words = '', block = ''] = /^\$ model (ls .*)\n([^`]*)/m.exec(readPage('select-nodes.md')) ?? [];
  const { stdout } = await model(words, { cwd: ROOT });
  const [first = [], last = []] = block.split('...\n').map(listed);
  expect(listed(stdout).slice(0, first.length)).toEqual(first);
  expect(listed(stdout).slice(-last.length)).toEqual(last);
});

test('start-a-project.md: its files build and print what it shows, and a failing test leaves the former rows in sight', async () => {
  const page = readPage('start-a-project.md');
  const files = filesOf(page);
  expect(Object.keys(files)).toEqual([
    'project.yml',
    'seeds/orders.csv',
    'models/customers.sql',
    'models/shop.yml',
  ]);
  const cwd = scratchProject(files);

  const first = await model('build', { cwd });
  expect(first.code).toBe(0);
  expect(steady(page)).toContain(steady(first.stderr + first.stdout));
  const shown = await model('show -s customers', { cwd });
  const [, table = ''] = /^\$ npx model show -s customers\n([^`]*)/m.exec(page) ?? [];
  expect(inAnyOrder(shown.stdout)).toEqual(inAnyOrder(table));

  const orders = (files['seeds/orders.csv'] ?? '').replace('12.00', '-12.00');
  writeFileSync(join(cwd, 'seeds/orders.csv'), orders);
  const failed = await model('build', { cwd });
  expect(failed.code).toBe(1);
  const [, failure = 'no failure'] =
    /\d {2}(fail[\s\S]*?)(?=^\d|^Published)/m.exec(steady(failed.stderr)) ?? [];
  expect(steady(page)).toContain(failure);
  expect(steady(readPage('test-data.md'))).toContain(failure.replace(/^Not published.*\n/m, ''));
  const after = await model('show -s customers', { cwd });
  expect(inAnyOrder(after.stdout)).toEqual(inAnyOrder(shown.stdout));
});

test('seed-and-load.md: its seed is generated, landed and loaded, and its source declared', async () => {
  const page = readPage('seed-and-load.md');
  const [seed] = blocksOf(page, 'ts');
  const [source] = blocksOf(page, 'yaml');
  const cwd = scratchProject({ 'seeds/visits.ts': seed ?? '', 'models/sources.yml': source ?? '' });
  const generated = await model('generate --days 7 --users 4 --as-of 2025-03-31', { cwd });
  expect(generated.stderr).toContain('28 rows');
  expect((await model('load', { cwd })).stderr).toContain('28 rows');
  const rows = await model('show -s source:raw.visits --output csv --limit 100', { cwd });
  expect(rows.stdout.trim().split('\n')).toHaveLength(29);
});

test('write-models.md: its loop becomes what it shows, and its macros can be called', async () => {
  const page = readPage('write-models.md');
  const [, template = '', output = '', macro = ''] = blocksOf(page, 'sql');
  const [functions = ''] = blocksOf(page, 'ts');
  const cwd = scratchProject({
    'seeds/orders.csv': 'customer,amount\nada,1\n',
    'macros/cents.sql': macro,
    'macros/lists.ts': functions,
    'models/loop.sql': template,
    'models/calls.sql':
      'select {{cents "amount" scale=4}} as euros\nfrom {{ref "orders"}}\nwhere customer in ({{quoted_list (list "ada" "bob")}})\n',
  });
  expect(await model('compile', { cwd })).toMatchObject({ code: 0, stderr: '' });
  const compiled = (name: string) => readFileSync(join(cwd, 'target/compiled/shop/models', name), 'utf8');
  expect(compiled('loop.sql')).toBe(output);
  expect(compiled('calls.sql')).toBe(
    "select round(amount / 100.0, 4) as euros\nfrom analytics.orders\nwhere customer in ('ada', 'bob')\n",
  );
});

const COUNTS: Readonly<Record<number, string>> = { 7: 'Seven', 8: 'Eight', 9: 'Nine', 10: 'Ten' };

/** The columns of a mart of the reference project, as its YAML declares them. */
function readMart(name: string): { readonly columns: readonly string[] } {
  const text = readFileSync(join(ROOT, 'models/marts/activity.yml'), 'utf8');
  const { models } = parse(text) as { models: { name: string; columns: { name: string }[] }[] };
  const mart = models.find((model) => model.name === name);
  return { columns: (mart?.columns ?? []).map((column) => column.name) };
}

function listed(output: string): readonly string[] {
  return output.trim().split('\n');
}

/** The lines of a table whose rows have no order. */
function inAnyOrder(table: string): readonly string[] {
  return table.split('\n').sort();
}

function readPage(name: string): string {
  return readFileSync(join(DOCS, name), 'utf8');
}

/** The files that a page says to write: a name in back-quotes at the start of a line, and the block that follows. */
function filesOf(page: string): Readonly<Record<string, string>> {
  const found = page.matchAll(/^`([\w./-]+\.\w+)`.*\n\n```\w+\n([\s\S]*?)^```/gm);
  return Object.fromEntries([...found].map(([, path, text]) => [path, text]));
}

function blocksOf(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text ?? '',
  );
}

/** Output without what differs from run to run; which nodes are called slow is such a thing. */
function steady(text: string): string {
  return text
    .replace(/, run \S+/g, '')
    .replace(/^Slowest:.*\n/gm, '')
    .replace(/\d+(\.\d+)? m?s\b/g, 'TIME');
}
