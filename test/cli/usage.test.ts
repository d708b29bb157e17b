import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { scratchFolder, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

const COMMANDS = [
  ...['build', 'run', 'test', 'compile', 'ls', 'show', 'generate', 'load', 'seed', 'export', 'history'],
  ...['rollback', 'prune', 'env', 'env list', 'env drop', 'store', 'store repair', 'debug', 'clean'],
];

test('Every command has help with an example, and the program lists them all', async () => {
  const cwd = scratchFolder();
  const { code, stdout } = await model('--help', { cwd });
  expect(code).toBe(0);
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command.split(' ')[0]}\\b`, 'm'));
  for (const command of COMMANDS) {
    const help = await model(`${command} --help`, { cwd });
    expect([help.code, help.stderr], command).toEqual([0, '']);
    expect(help.stdout).toMatch(new RegExp(`\nExamples:\n  \\$ model ${command}`));
  }
});

test('--version prints the version alone', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await model('--version', { cwd: scratchFolder() })).toEqual({
    code: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
});

test.each([
  ['buidl', /unknown command 'buidl'\n\(Did you mean build\?\)/],
  ['build --slect x', /unknown option '--slect'\n\(Did you mean --select\?\)/],
  ['env lst', /unknown command 'lst'\n\(Did you mean list\?\)/],
  ['env drop', /missing required argument 'name'/],
  ['build daily', /too many arguments for 'build'/],
  ['build --preset huge', /Allowed choices are tiny, demo, big/],
  ['build --as-of 2025-02-30', /must be a date like 2025-12-31/],
  ['run --threads 0', /must be at least 1/],
  ['show --limit -1', /must be a whole number/],
  ['ls --output xml', /Allowed choices are text, json, csv/],
])('`model %s` is a mistake of usage: it exits 2 and prints nothing on stdout', async (words, told) => {
  const { code, stdout, stderr } = await model(words, { cwd: scratchFolder() });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(told);
});

test('A plain name that selects nothing exits 2 with a suggestion, a pattern exits 0', async () => {
  const cwd = copyOfShop();
  expect(await model('ls --select salse*', { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await model('build --select salse*', { cwd })).toMatchObject({ code: 0 });
  for (const command of ['ls', 'build', 'show']) {
    const { code, stdout, stderr } = await model(`${command} --select salse`, { cwd });
    expect([code, stdout, toldDiagnostics(stderr)[0]?.code], command).toEqual([2, '', 'SEL-006']);
    expect(stderr).toContain('Did you mean "sales"?');
  }
});

test('Mistakes of --vars, --target, --env and --project-dir exit 2 and say what is right', async () => {
  const cwd = copyOfShop();
  const told: Readonly<Record<string, string>> = {
    '--vars {a:[}': 'This is not YAML',
    '--vars hello': '--vars must be a map of names and values.',
    '--target prd': 'Known targets: dev.',
    '--env PR-42': 'cannot name an environment',
    '--project-dir /': 'There is no project.yml in /',
  };
  for (const [words, text] of Object.entries(told)) {
    const { code, stdout, stderr } = await model(`run ${words}`, { cwd });
    expect({ code, stdout }, words).toEqual({ code: 2, stdout: '' });
    expect(stderr.replaceAll('\n', ' ')).toContain(text);
  }
  const { code, stderr } = await model(['run', '--vars', '{dya: 1}'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean "day"?');
});

test('A failing test exits 1, a warning 0', async () => {
  const tests = (severity: string) => ({
    'models/totals.yml': `models:
  - name: totals
    columns:
      - name: amount
        tests:
          - accepted_range: { min_value: 1000, severity: ${severity} }
`,
  });
  const failing = copyOfShop(tests('error'));
  expect((await model('test', { cwd: failing })).code).toBe(1);
  expect((await model('build', { cwd: failing })).code).toBe(1);
  const warning = copyOfShop(tests('warn'));
  expect(await model('build', { cwd: warning })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 warned'),
  });
});
