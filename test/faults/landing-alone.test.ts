import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { modelHere as model } from '../support/program-here.ts';
import { AWS_ENVIRONMENT, BUCKET, testServer } from '../support/s3/s3-place.ts';
import { seenIn, Workshop } from './killed-program.ts';

const workshop = new Workshop();
afterAll(() => workshop.close());

const SIZE = '--days 2 --users 5';
const NOBODY = 'host: 127.0.0.1, port: 1, user: ada, database: shop, schema: analytics';

/** A project of the workshop with further targets, whose batches land in S3. */
function withTargets(endpoint: string): string {
  const root = workshop.project();
  const file = join(root, 'project.yml');
  const landing = `landing: s3://${BUCKET}/zone, endpoint: "${endpoint}", force_path_style: true`;
  const targets = `targets:
  pg: { adapter: postgres, ${NOBODY}, ${landing} }
  prod: { adapter: redshift, ${NOBODY}, ${landing}, region: us-east-1 }
`;
  const text = readFileSync(file, 'utf8').replace('landing: landing', landing).replace('targets:\n', targets);
  writeFileSync(file, text);
  return root;
}

test.each([
  'pg',
  'prod',
])('Generating for target %s needs no warehouse: where nobody answers, all lands', async (target) => {
  const server = await testServer();
  const root = withTargets(server.endpoint);
  const env = AWS_ENVIRONMENT;
  expect(await model(`generate --quiet --target ${target} ${SIZE}`, { cwd: root, env })).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(server.keys(BUCKET).filter((key) => key.endsWith('manifest.json'))).toHaveLength(2);
  const load = await model(`load --target ${target}`, { cwd: root, env });
  expect([load.code, load.stderr]).toEqual([2, expect.stringContaining('WHS-011')]);
});

test('Loading needs no generator: what has landed is loaded where no code of the project may run, or is there', async () => {
  const server = await testServer();
  const root = withTargets(server.endpoint);
  const env = AWS_ENVIRONMENT;
  expect((await model(`generate --quiet --target pg ${SIZE}`, { cwd: root, env })).code).toBe(0);

  writeFileSync(join(root, 'seeds/events.ts'), 'throw new Error("nobody may run me");\n');
  const load = await model('load --quiet --no-project-code', { cwd: root, env });
  expect(load).toMatchObject({ code: 0, stderr: '' });
  expect((await seenIn(root))['analytics__raw.events']).toMatchObject([{ n: 10n }]);

  rmSync(join(root, 'seeds/events.ts'));
  rmSync(join(root, 'dev.duckdb'));
  expect(await model('load --quiet', { cwd: root, env })).toMatchObject({ code: 0, stderr: '' });
  expect((await seenIn(root))['analytics__raw.events']).toMatchObject([{ n: 10n }]);
  expect(existsSync(join(root, 'seeds/events.ts'))).toBe(false);
});

test('What is wrong with S3 is told before the warehouse is touched where both are needed to begin', async () => {
  const server = await testServer();
  const root = withTargets(server.endpoint);
  await server.close();
  const { code, stderr } = await model(`seed --target pg ${SIZE}`, { cwd: root, env: AWS_ENVIRONMENT });
  expect(code).toBe(2);
  expect(stderr).toContain('LND-017');
  expect(stderr).not.toContain('WHS-');
});
