import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { model, startModel } from '../support/program.ts';
import { scratchProject } from '../support/scratch-project.ts';

/** Long enough for a machine with much else to do; what it takes is printed. */
const GENEROUS_MS = 20_000;

const unitTest = (name: string, tested: string, doubled: number) => `
  - name: ${name}
    model: ${tested}
    given:
      - { input: ref('numbers'), rows: [{ n: 2 }] }
    expect:
      rows: [{ n: ${doubled} }]
`;

const FILES = {
  'models/numbers.sql': 'select 1 as n\n',
  'models/doubled.sql': 'select n * 3 as n from {{ref "numbers"}}\n',
  'models/tripled.sql': 'select n * 3 as n from {{ref "numbers"}}\n',
  'models/units.yml': `unit_tests:${unitTest('doubles', 'doubled', 4)}${unitTest('triples', 'tripled', 6)}`,
};

test('A watch runs what a saved file touches, shows mistakes, goes on, and ends with 130', async () => {
  const cwd = scratchProject(FILES);
  const watch = startModel('test --unit --watch', { cwd });
  await watch.says('1 of 2 unit tests fails: doubles. Watching models, seeds, macros, tests.');

  writeFileSync(join(cwd, 'models/doubled.sql'), 'select n * 2 as n from {{ref "numbers"}}\n');
  const took = await timed(() => watch.says('2 unit tests pass. Watching'));
  console.info(`From save to verdict: ${took} ms`);
  expect(took).toBeLessThan(GENEROUS_MS);

  writeFileSync(join(cwd, 'models/doubled.sql'), 'select n * 2 as n from {{ref "numb\n');
  await watch.says('models/doubled.sql:1:');
  // As editors do: a new file in the place of the old one.
  writeFileSync(join(cwd, 'models/.doubled.tmp'), 'select n * 5 as n from {{ref "numbers"}}\n');
  renameSync(join(cwd, 'models/.doubled.tmp'), join(cwd, 'models/doubled.sql'));
  await watch.says('unexpected  10');

  mkdirSync(join(cwd, 'models/more'));
  writeFileSync(join(cwd, 'models/more/more.yml'), `unit_tests:${unitTest('fails', 'tripled', 7)}`);
  await watch.says('2 of 3 unit tests fail: doubles, fails.');

  watch.process.kill('SIGINT');
  const { code, stdout, stderr } = await watch.end;
  expect(code).toBe(130);
  expect(stderr.match(/ triples /g)).toHaveLength(1);
  expect(stdout).toContain('Saved: models/doubled.sql\n');
});

test('A changed upstream model runs the tests whose input it is, as its types may be others now', async () => {
  const cwd = scratchProject(FILES);
  const watch = startModel('test --unit --watch --select tripled', { cwd });
  await watch.says('1 unit test passes.');
  writeFileSync(join(cwd, 'models/numbers.sql'), 'select true as n\n');
  await watch.says('TST-');
  writeFileSync(join(cwd, 'models/numbers.sql'), "select 1 as n, 'x' as more\n");
  writeFileSync(join(cwd, 'models/tripled.sql'), 'select n * 4 as n from {{ref "numbers"}}\n');
  await watch.says('1 of 1 unit test fails: triples.');
  watch.process.kill('SIGINT');
  expect((await watch.end).code).toBe(130);
});

test('Data tests are not watched', async () => {
  const { code, stderr } = await model('test --data --watch', { cwd: scratchProject(FILES) });
  expect(code).toBe(2);
  expect(stderr).toContain("option '--watch' cannot be used with option '--data'");
});

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}
