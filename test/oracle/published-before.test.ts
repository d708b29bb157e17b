import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ReferenceProject } from './reference-project.ts';

const FIRST = { seed: 7, days: 100, users: 40, asOf: '2025-06-30' };

const published = new ReferenceProject();

beforeAll(async () => {
  await published.build({ generate: FIRST, asOf: FIRST.asOf, timezone: 'UTC', dataTests: true });
  edit(published, 'project.yml', 'compare_with_published: false', 'compare_with_published: true');
}, 300_000);
afterAll(() => published.remove());

/** The reference project as it has published once, from now on comparing with what it published. */
function publishedOnce(): ReferenceProject {
  const project = published.copy();
  onTestFinished(() => project.remove());
  return project;
}

test('what is published again as it was agrees with itself', async () => {
  const project = publishedOnce();
  const results = await project.build({ asOf: FIRST.asOf, timezone: 'UTC', dataTests: true });
  const compared = results.filter(({ name }) => NAMES.includes(name));
  expect(compared.map(({ name, status }) => `${name} ${status}`).sort()).toEqual(
    NAMES.map((name) => `${name} pass`),
  );
});

test.each([
  ['fewer rows', 'tall_table_keeps_its_rows'],
  ['closed months that changed', 'closed_months_stay_as_published'],
])('%s are told', async (_, name) => {
  const project = publishedOnce();
  if (name === NAMES[0]) edit(project, `test/data/${name}.sql`, 'severity="warn"', 'severity="error"');
  const failure = await project
    .build({ generate: { ...FIRST, users: 15 }, asOf: FIRST.asOf, timezone: 'UTC', dataTests: true })
    .catch((error: Error) => error.message);
  expect(failure).toContain(`fail ${name}`);
});

const NAMES = ['closed_months_stay_as_published', 'tall_table_keeps_its_rows'];

function edit({ root }: ReferenceProject, path: string, from: string, to: string): void {
  const file = join(root, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
