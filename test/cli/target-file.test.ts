import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { useBuiltShop } from './shop.ts';

const copyOfShop = useBuiltShop();

/** A shop in which a file stands where modelwright leaves its artifacts. */
function shopWithTargetFile(): string {
  const cwd = copyOfShop();
  rmSync(join(cwd, 'target'), { recursive: true, force: true });
  writeFileSync(join(cwd, 'target'), 'notes\n');
  return cwd;
}

test.each(['compile', 'build'])('model %s says that a file stands where target/ must be', async (command) => {
  const cwd = shopWithTargetFile();
  const { code, stderr } = await model(command, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(`cannot be written: "${join(cwd, 'target')}" is a file, and must be a folder.`);
  expect(stderr).toContain('RUN-104');
  expect(stderr).toContain('Rename or remove the file');
});

test('model ls needs no target/', async () => {
  const { code, stdout } = await model('ls', { cwd: shopWithTargetFile() });
  expect(code).toBe(0);
  expect(stdout).toContain('totals');
});
