import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { model, programFile } from '../support/program.ts';
import { modelHere } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { jsonLines } from './json-lines.ts';
import { PROJECT_YML, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

const ESCAPE = '\u001b';

test('With --log-format json every line of stdout is an object and stderr is empty, also for mistakes', async () => {
  const cwd = copyOfShop({ 'models/bad.sql': 'select nope from {{ref "sales"}}\n' });
  const run = await modelHere('build --log-format json', { cwd });
  expect([run.code, run.stderr]).toEqual([1, '']);
  const events = jsonLines(run.stdout);
  expect(events.at(0)).toMatchObject({ event: 'run_started', command: 'build' });
  expect(events).toContainEqual(
    expect.objectContaining({
      event: 'node_finished',
      name: 'bad',
      status: 'error',
      diagnostic: expect.objectContaining({
        code: 'SQL-001',
        place: expect.objectContaining({ path: 'models/bad.sql', line: 1, column: 8 }),
      }),
    }),
  );
  expect(events.at(-1)).toMatchObject({ event: 'run_finished', outcome: 'failure' });

  const broken = copyOfShop({
    'models/a.sql': 'select * from {{ref "salez"}}\n',
    'models/b.sql': 'select * from {{ref "saless"}}\n',
  });
  for (const command of ['build', 'compile', 'test', 'debug']) {
    const { code, stdout, stderr } = await modelHere(`${command} --log-format json`, { cwd: broken });
    expect([stderr, code], command).toEqual(['', command === 'debug' ? 0 : 2]);
    if (command !== 'debug')
      expect(jsonLines(stdout), command).toMatchObject([
        { event: 'error', diagnostic: { code: 'REF-001', hint: 'Did you mean "sales"?' } },
        { event: 'error', diagnostic: { place: { path: 'models/b.sql', line: 1, column: 15 } } },
      ]);
    else expect(jsonLines(stdout).length).toBe(10);
  }
  const listed = await modelHere('ls --output json --log-format json', { cwd: broken });
  expect([listed.code, listed.stdout]).toEqual([2, '']);
  expect(jsonLines(listed.stderr)).toHaveLength(2);
});

test('Results go to stdout and nothing else does, so that they can be piped into other programs', async () => {
  const cwd = copyOfShop();
  const shown = await model('show --select sales --output json', { cwd });
  expect({ ...shown, stdout: JSON.parse(shown.stdout) }).toEqual({
    code: 0,
    stdout: [
      { order_id: 1, amount: 10.5, day: '2025-01-01' },
      { order_id: 2, amount: 3, day: '2025-01-02' },
    ],
    stderr: '',
  });
  expect(await model('show --select sales --output csv', { cwd })).toMatchObject({
    stdout: 'order_id,amount,day\n1,10.5,2025-01-01\n2,3.0,2025-01-02\n',
    stderr: '',
  });
  const listed = await model('ls --output json --resource-type model', { cwd });
  expect(JSON.parse(listed.stdout).map(({ name }: { name: string }) => name)).toEqual([
    'sales',
    'large',
    'totals',
  ]);
  for (const command of ['history', 'env list']) {
    const { stdout, stderr } = await model(`${command} --output json`, { cwd });
    expect([JSON.parse(stdout).length, stderr], command).toEqual([1, '']);
  }
  const built = await model('build', { cwd });
  expect(built.stdout).toMatch(/^Nodes: {5}3 reused\nTests: {5}1 passed\nDone in .*\n$/);
  expect(built.stderr).toContain('reused');
});

test('--quiet leaves the summary and what went wrong', async () => {
  const cwd = copyOfShop({ 'models/bad.sql': 'select nope from {{ref "sales"}}\n' });
  const { code, stdout, stderr } = await modelHere('build --quiet', { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('1 in error');
  expect(toldDiagnostics(stderr)).toMatchObject([{ code: 'SQL-001', place: 'models/bad.sql:1:8' }]);
  expect(stderr).not.toContain('reused');
  expect(await modelHere('compile --quiet', { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await modelHere('clean --quiet', { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
});

/** Runs the program on a terminal that `script` makes. */
function onTerminal(words: string, cwd: string, env: Readonly<Record<string, string>> = {}): string {
  const command = `${process.execPath} ${programFile()} ${words}`;
  const { PATH = '', HOME = '' } = process.env;
  const options = {
    cwd,
    env: { PATH, HOME, TERM: 'xterm', ...env },
    encoding: 'utf8',
    timeout: 30_000,
  } as const;
  return spawnSync('script', ['-qec', command, '/dev/null'], options).stdout;
}

test.skipIf(spawnSync('script', ['--version']).status !== 0)(
  'Nothing is coloured in a pipe, with --no-color or with NO_COLOR; a terminal has colours',
  async () => {
    const cwd = copyOfShop({ 'models/bad.sql': 'select * from {{ref "salez"}}\n' });
    const { stdout, stderr } = await model('build', { cwd });
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(onTerminal('build', cwd)).toContain(`${ESCAPE}[31merror REF-001`);
    expect(onTerminal('build --no-color', cwd)).not.toContain(`${ESCAPE}[3`);
    expect(onTerminal('build', cwd, { NO_COLOR: '1' })).not.toContain(`${ESCAPE}[3`);
  },
);

test('A reader that closes the pipe early is no mistake', async () => {
  const models = Array.from({ length: 3000 }, (_, index) => [`models/m${index}.sql`, 'select 1 as x\n']);
  const cwd = copyOfShop(Object.fromEntries(models));
  const pipe = `${process.execPath} ${programFile()} ls --output json | head -1; echo \${PIPESTATUS[0]}`;
  const { stdout, stderr } = spawnSync('bash', ['-c', pipe], { cwd, encoding: 'utf8', timeout: 40_000 });
  expect({ stdout, stderr }).toEqual({ stdout: '[\n0\n', stderr: '' });
});

test('Secrets that a target takes from the environment are never shown', async () => {
  const cwd = copyOfShop({
    'project.yml': PROJECT_YML.replace('dev.duckdb', `'{{env_var "SHOP_SECRET"}}/dev.duckdb'`),
    'dev.txt': 'no folder',
    'models/reads.sql': 'select {{literal (env_var "SHOP_SECRET")}} as x\n',
  });
  const env = { SHOP_SECRET: 'dev.txt/hunter2' };
  for (const command of ['debug', 'build', 'show --select sales --log-format json']) {
    const { code, stdout, stderr } = await model(command, { cwd, env });
    expect(code, command).toBe(2);
    expect(stdout + stderr, command).not.toContain('hunter2');
  }
  expect((await model('history', { cwd, env })).stderr).toContain('***/dev.duckdb');
});

const CUSTOMERS = {
  'seeds/customers.csv': 'customer_id,email,age\n1,ada@example.org,36\n1,grace@example.org,-77777\n2,,\n',
  'seeds/customers.yml': `seeds:
  - name: customers
    columns:
      - name: email
        tags: [pii]
        tests: [not_null]
      - name: customer_id
        tests: [unique]
`,
  'tests/ages.sql': `with contacts as (select email as contact, age from {{ref "customers"}})

select contact, upper(contact) as loud, age from contacts where age < 0
`,
};

test('Failing rows show no column that is tagged pii, under no name, and none at all with --no-samples', async () => {
  const cwd = copyOfShop(CUSTOMERS);
  const { code, stdout, stderr } = await modelHere('build --select customers', { cwd });
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain('example.org');
  expect(stderr).toMatch(/contact +loud +age\n.*\n +\*\*\* +\*\*\* +-77777\n/);
  expect(stderr).toMatch(/customer_id {2}occurrences\n.*\n +1 +2\n/);
  expect(stderr).toMatch(/customer_id {2}email +age\n.*\n +2 {2}NULL +NULL\n/);
  const json = await modelHere('build --select customers --log-format json', { cwd });
  expect(json.stdout).not.toContain('example.org');
  expect(readFileSync(join(cwd, 'target/run_results.json'), 'utf8')).not.toContain('77777');
  const silent = await modelHere('build --select customers --no-samples', { cwd });
  expect(silent.code).toBe(1);
  expect(silent.stderr).toContain('1 row failed');
  expect(silent.stderr).not.toMatch(/contact|occurrences/);
});
