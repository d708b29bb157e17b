import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderWatch, type WatchManner } from '../../src/project/folder-watch.ts';
import { scratchProject } from '../support/scratch-project.ts';

const never = new AbortController().signal;

function watched(manner: WatchManner) {
  const root = scratchProject({
    'models/a.sql': 'select 1',
    'models/deep/b.sql': 'select 2',
    'other/c.sql': 'x',
  });
  const watch = new FolderWatch(root, ['models', 'macros'], manner);
  onTestFinished(() => watch.close());
  return { watch, write: (path: string) => writeFileSync(join(root, path), `select ${Math.random()}`), root };
}

test.each([
  'told',
  'polling',
] as const)('Saved files are told, those beside them are not (%s)', async (manner) => {
  const { watch, write, root } = watched(manner);
  write('other/c.sql');
  write('models/.a.sql.swp');
  write('models/4913');
  write('models/deep/b.sql');
  write('project.yml');
  expect(await watch.changes(never)).toEqual(['models/deep/b.sql', 'project.yml']);
  rmSync(join(root, 'models/a.sql'));
  expect(await watch.changes(never)).toEqual(['models/a.sql']);
});

test('Folders that come, go and come again are watched', async () => {
  const { watch, write, root } = watched('told');
  mkdirSync(join(root, 'macros'));
  watch.follow(['models', 'macros']);
  write('macros/m.sql');
  expect(await watch.changes(never)).toEqual(['macros/m.sql']);
  renameSync(join(root, 'models/deep'), join(root, 'aside'));
  expect(await watch.changes(never)).toEqual(['models/deep']);
  renameSync(join(root, 'aside'), join(root, 'models/deep'));
  expect(await watch.changes(never)).toEqual(['models/deep']);
  write('models/deep/b.sql');
  expect(await watch.changes(never)).toEqual(['models/deep/b.sql']);
});

test('An abort ends the waiting without files', async () => {
  const { watch } = watched('told');
  const stop = new AbortController();
  const waiting = watch.changes(stop.signal);
  stop.abort();
  expect(await waiting).toEqual([]);
});
