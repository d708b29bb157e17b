// A thousand unit tests of the reference project's shape: its own, written out again and again under other names.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';

const WANTED = 1000;

export function figures() {
  const cwd = referenceProject();
  const args = [MODEL, 'test', '--unit', '--quiet'];
  const tests = repeatTests(join(cwd, 'test/unit'));
  const { all, none } = measureInTurn(
    { all: { args, cwd }, none: { args: [...args, '--select', 'unit_test:*_0'], cwd } },
    1,
  );
  const detail = `${tests} tests; the project alone, with one of each, ${none.seconds.toFixed(2)} s`;
  return [
    { name: 'a thousand unit tests', value: (all.seconds * WANTED) / tests, limit: 20, unit: 's', detail },
    { name: 'memory of a thousand unit tests', value: all.megabytes, limit: 1024, unit: 'MB' },
  ];
}

/** Writes every test of a folder as often as makes a thousand of them, and gives their number. */
function repeatTests(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/^unit_tests:\n/, ''));
  const written = texts.join('').match(/^ {2}- name: /gm).length;
  const copies = Math.ceil(WANTED / written);
  files.forEach((name, at) => {
    const copy = (number) => texts[at].replace(/^( {2}- name: \S+)$/gm, `$1_${number}`);
    const all = Array.from({ length: copies }, (_, number) => copy(number));
    writeFileSync(join(folder, name), `unit_tests:\n${all.join('\n')}`);
  });
  return written * copies;
}
