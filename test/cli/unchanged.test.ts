import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { model } from '../support/program.ts';
import { SHOP, scratchFolder, writeFiles } from './shop.ts';

const FILES = {
  ...SHOP,
  'models/moment.sql': 'select {{shout "a"}} as a, now() as t, {{literal (env_var "REGION")}} as region\n',
  'macros/words.ts': `import { loud } from '../lib/loud.ts';
export const shout = (text: string) => loud(text);
`,
  'lib/loud.ts':
    'export const loud = (text: string) => JSON.stringify(text.toUpperCase()).replaceAll(\'"\', "\'");\n',
};

test('compile tells its warnings and its end again while nothing changed, and does no work', async () => {
  const cwd = scratchFolder();
  writeFiles(cwd, FILES);
  const env = { REGION: 'eu' };
  const id = () => JSON.parse(readFileSync(join(cwd, 'target/manifest.json'), 'utf8')).metadata.invocation_id;
  const compiled = () => readFileSync(join(cwd, 'target/compiled/shop/models/moment.sql'), 'utf8');

  const first = await model('compile', { cwd, env });
  const firstId = id();
  expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('now()') });
  expect(await model('compile', { cwd, env })).toEqual(first);
  expect(id()).toBe(firstId);

  await model('compile', { cwd, env: { REGION: 'us' } });
  expect(compiled()).toBe("select 'A' as a, now() as t, 'us' as region\n");

  writeFileSync(
    join(cwd, 'lib/loud.ts'),
    'export const loud = (text: string) => JSON.stringify(text + "!").replaceAll(\'"\', "\'");\n',
  );
  await model('compile', { cwd, env });
  expect(compiled()).toBe("select 'a!' as a, now() as t, 'eu' as region\n");
});

test('ls lists again what it listed while nothing changed', async () => {
  const cwd = scratchFolder();
  writeFiles(cwd, SHOP);
  const first = await model('ls', { cwd });
  expect(first.stdout).toContain('shop.totals');
  expect(await model('ls', { cwd })).toEqual(first);
  expect((await model('ls --select totals', { cwd })).stdout).toBe('shop.totals\n');
  writeFiles(cwd, { 'models/more.sql': 'select 1 as x\n' });
  expect((await model('ls', { cwd })).stdout).toContain('shop.more');
});
