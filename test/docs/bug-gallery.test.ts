import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bugGallery } from '../../docs/generator/bug-gallery.ts';
import { modelHere as model } from '../support/program-here.ts';

const ROOT = join(import.meta.dirname, '../..');
let legacy = '';

beforeAll(() => {
  legacy = mkdtempSync(join(tmpdir(), 'model-legacy-'));
  cpSync(join(ROOT, 'examples/legacy'), legacy, {
    recursive: true,
    filter: (path) => !/(?:warehouse|target)$/.test(path),
  });
});
afterAll(() => rmSync(legacy, { recursive: true }));

test('the gallery holds twenty mistakes, each with what caught it', async () => {
  const entries = await bugGallery(ROOT);
  expect(entries.length).toBe(20);
  expect(entries.filter(({ caught }) => caught.length === 0)).toEqual([]);
});

test('its build goes red, and publishes a repaired model, but not the one with the mistake', async () => {
  const { code, stdout } = await model('build', { cwd: legacy });
  expect(code).toBe(1);
  const shown = await model('show --output json -s weeks_repaired', { cwd: legacy });
  expect(shown.code).toBe(0);
  const mistaken = await model('show -s weeks', { cwd: legacy });
  expect(mistaken).toMatchObject({ code: 2 });
  expect(stdout).toMatch(/Tests: .* failed/);
});

test.each([
  'dangling',
  'undeclared',
])('its project %s is refused before a statement is sent', async (project) => {
  const { code, stderr } = await model('build', { cwd: join(legacy, project) });
  expect(code).toBe(2);
  expect(stderr).toMatch(/error (?:REF|CMP)-\d{3}/);
});
