import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { model, startModel } from '../support/program.ts';
import { SHOWN, shownRows, useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

/** A model that is built long after everybody has gone home, behind one that is quick. */
const ENDLESS = {
  'models/quick.sql': 'select 1 as x\n',
  'models/endless.sql': `{{config materialized="table"}}
select count(*) as n
from range(1, 1000000) as a(x), range(1, 1000000) as b(y)
where (a.x * b.y) % 7 = 3
`,
};

async function startEndlessBuild(cwd: string) {
  const build = startModel('build --select quick endless', { cwd });
  await build.says('built       quick');
  await sleep(200);
  return build;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s cancels a running build, publishes nothing, and exits %i', async (signal, expected) => {
  const cwd = copyOfShop(ENDLESS);
  const build = await startEndlessBuild(cwd);
  build.process.kill(signal);
  const { code, stdout, stderr } = await build.end;
  expect(code).toBe(expected);
  expect(stderr).toContain('cancelled   endless');
  expect(stdout).toMatch(/Cancelled after .*; nothing was published\./);
  expect(await shownRows(cwd)).toEqual(SHOWN);
});

test('A second SIGINT leaves at once, and the next build finds everything in order', async () => {
  const cwd = copyOfShop(ENDLESS);
  const build = await startEndlessBuild(cwd);
  build.process.kill('SIGINT');
  build.process.kill('SIGINT');
  expect((await build.end).code).toBe(130);
  expect(await model('build --select quick', { cwd })).toMatchObject({ code: 0 });
  expect(await shownRows(cwd)).toEqual({ ...SHOWN, quick: [[1]] });
});
