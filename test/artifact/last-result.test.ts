import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Repeatable, repeatedResult, type Surroundings } from '../../src/artifact/last-result.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { scratchProject } from '../support/scratch-project.ts';

const WARNING: Diagnostic = { code: 'TST-999', severity: 'warning', message: 'Mind the gap.' };
const FOLDERS = ['models', 'seeds', 'macros', 'tests'];

let root = '';
let works = 0;
let told: Diagnostic[] = [];
const hidden: string[] = [];

beforeEach(async () => {
  works = 0;
  root = scratchProject({
    'models/a.sql': 'select 1 as x\n',
    'models/deep/b.sql': 'select 2 as x\n',
    'macros/_shared.ts': 'export const x = 1;\n',
  });
  await sleep(30);
});

/** Runs the command, and says whether it worked or told its last result. */
async function run(
  changes: Partial<Repeatable> = {},
  work: (surroundings: Surroundings) => void = () => {},
): Promise<'worked' | 'repeated'> {
  const before = works;
  told = [];
  const startedAt = Date.now();
  await sleep(20);
  const text = await repeatedResult(
    {
      command: 'compile',
      projectDir: root,
      flags: { select: ['a'] },
      startedAt,
      outputs: ['target/compiled', 'target/manifest.json'],
      environment: { REGION: 'eu', PASSWORD: 'hunter2' },
      hide: (secret) => hidden.push(secret),
      warn: (warning) => told.push(warning),
      ...changes,
    },
    async (surroundings) => {
      works++;
      mkdirSync(join(root, 'target/compiled'), { recursive: true });
      writeFileSync(join(root, 'target/compiled/a.sql'), 'select 1 as x\n');
      writeFileSync(join(root, 'target/manifest.json'), '{}');
      surroundings.warn(WARNING);
      work(surroundings);
      return { text: 'Done.', folders: FOLDERS };
    },
  );
  expect(text).toBe('Done.');
  expect(told).toEqual([WARNING]);
  await sleep(20);
  return works > before ? 'worked' : 'repeated';
}

const file = (path: string) => join(root, path);

describe('the work is done again', () => {
  const changes: Readonly<Record<string, () => void>> = {
    'when a file is edited, though its size and time stay': () => {
      const { atime, mtime } = statSync(file('models/a.sql'));
      writeFileSync(file('models/a.sql'), 'select 9 as x\n');
      utimesSync(file('models/a.sql'), atime, mtime);
    },
    'when a file is added': () => writeFileSync(file('models/deep/c.sql'), 'select 3 as x\n'),
    'when a file is added in a folder that was not there': () => {
      mkdirSync(file('seeds'));
      writeFileSync(file('seeds/s.csv'), 'a\n1\n');
    },
    'when a file is removed': () => rmSync(file('models/deep/b.sql')),
    'when a file is renamed': () => renameSync(file('models/a.sql'), file('models/z.sql')),
    'when a file is touched': () => utimesSync(file('models/a.sql'), new Date(), new Date()),
    'when project.yml is edited': () => appendFileSync(file('project.yml'), '# more\n'),
    'when a module that macros share is edited': () => appendFileSync(file('macros/_shared.ts'), '// more\n'),
    'when an output is edited': () => writeFileSync(file('target/compiled/a.sql'), 'select 2 as x\n'),
    'when an output is removed': () => rmSync(file('target/compiled/a.sql')),
    'when a file stands among the outputs that was not written': () =>
      writeFileSync(file('target/compiled/b.sql'), 'select 2 as x\n'),
    'when manifest.json is removed': () => rmSync(file('target/manifest.json')),
    'when its record is cut off': () => writeFileSync(file('target/cache/compile.json'), '{"key":'),
  };
  for (const [title, change] of Object.entries(changes))
    test(title, async () => {
      expect(await run()).toBe('worked');
      expect(await run()).toBe('repeated');
      change();
      await sleep(20);
      expect(await run()).toBe('worked');
      expect(await run()).toBe('repeated');
    });

  test('when a flag is another one', async () => {
    await run();
    expect(await run({ flags: { select: ['b'] } })).toBe('worked');
    expect(await run()).toBe('worked');
  });

  test('when a variable that was read has another value, or comes or goes, and for no other variable', async () => {
    const work = ({ environment }: Surroundings) => void [environment['REGION'], environment['CITY']];
    await run({}, work);
    expect(await run({ environment: { REGION: 'eu', HOME: '/' } }, work)).toBe('repeated');
    expect(await run({ environment: { REGION: 'us' } }, work)).toBe('worked');
    expect(await run({ environment: { REGION: 'us', CITY: 'Graz' } }, work)).toBe('worked');
    expect(await run({ environment: { CITY: 'Graz' } }, work)).toBe('worked');
  });

  test('after a failure, which leaves no result', async () => {
    await run();
    const failing = () => {
      throw new Error('no');
    };
    appendFileSync(file('models/a.sql'), '\n');
    await sleep(20);
    await expect(run({}, failing)).rejects.toThrow('no');
    expect(await run()).toBe('worked');
    expect(await run()).toBe('repeated');
  });
});

describe('no result is kept', () => {
  test('when a file changed while the work was done', async () => {
    await run({}, () => appendFileSync(file('models/a.sql'), '\n'));
    expect(await run()).toBe('worked');
  });

  test('when a file was removed while the work was done', async () => {
    await run({}, () => rmSync(file('models/deep/b.sql')));
    expect(await run()).toBe('worked');
  });

  test('when another process works in the project', async () => {
    mkdirSync(file('target/cache'), { recursive: true });
    writeFileSync(file('target/cache/working'), String(process.ppid));
    await run();
    expect(await run()).toBe('worked');
    expect(await run()).toBe('repeated');
  });

  test('when the project holds a link', async () => {
    symlinkSync(file('models/a.sql'), file('models/link.sql'));
    await run();
    expect(await run()).toBe('worked');
  });
});

test('a secret is kept neither in words nor as a hash, but whether it is set counts', async () => {
  const work = ({ environment, hide }: Surroundings) => hide(environment['PASSWORD'] ?? '');
  await run({}, work);
  expect(await run({ environment: { PASSWORD: 'other' } }, work)).toBe('repeated');
  expect(await run({ environment: {} }, work)).toBe('worked');
  const blabbing = ({ environment, hide, warn }: Surroundings) => {
    hide(environment['PASSWORD'] ?? '');
    warn({ ...WARNING, message: `It is ${environment['PASSWORD']}.` });
  };
  await expect(run({ flags: {} }, blabbing)).rejects.toThrow();
  expect(() => statSync(file('target/cache/compile.json'))).toThrow('ENOENT');
});
