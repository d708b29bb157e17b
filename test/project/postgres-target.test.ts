import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { loadProject } from '../../src/project/load.ts';
import { postgresSettings } from '../../src/project/postgres-settings.ts';

const SERVER = 'host: db.example.com, user: ada, database: shop, schema: analytics';

/** Reads a project whose only target is on PostgreSQL, with further keys. */
async function read(more: string, env: NodeJS.ProcessEnv = {}) {
  const root = mkdtempSync(join(tmpdir(), 'modelwright-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const keys = more === '' ? SERVER : `${SERVER}, ${more}`;
  writeFileSync(join(root, 'project.yml'), `name: shop\ntargets:\n  prod: { adapter: postgres, ${keys} }\n`);
  const problems: Diagnostic[] = [];
  const hidden: string[] = [];
  const request = { projectDir: root, env, projectCode: false, variables: {} };
  const project = await loadProject({ ...request, hide: (value) => hidden.push(value) }, (problem) =>
    problems.push(problem),
  ).catch(() => undefined);
  return { root, hidden, target: project?.target, problems: problems.map(({ message }) => message) };
}

test('A PostgreSQL target has settings of its own, numbers also from the environment', async () => {
  const { root, target, hidden, problems } = await read(
    `port: '{{env_var "DB_PORT"}}', password: '{{env_var "DB_PASSWORD"}}', sslmode: verify-ca, sslrootcert: certs/ca.pem, statement_timeout: 1.5`,
    { DB_PORT: '6543', DB_PASSWORD: 'hunter2!' },
  );
  expect(problems).toEqual([]);
  expect(postgresSettings.parse(target?.settings)).toEqual({
    ...{ host: 'db.example.com', port: 6543, user: 'ada', password: 'hunter2!', database: 'shop' },
    ...{ sslmode: 'verify-ca', sslrootcert: join(root, 'certs/ca.pem'), statement_timeout: 1.5 },
  });
  expect(hidden).toEqual(['hunter2!']);
});

test.each([
  ['a port that is none', 'port: 70000', /"port" must be a port, 1 to 65535/],
  ['a time that is none', 'connect_timeout: soon', /"connect_timeout" must be a number/],
  ['a TLS mode that does not exist', 'sslmode: prefer', /"sslmode"/],
  ['a misspelt setting', 'statment_timeout: 5', /Unknown key "statment_timeout"/],
  ['a password that is written out', 'password: hunter2', /"password" is written out in project.yml/],
])('A PostgreSQL target with %s is refused', async (_, more, message) => {
  expect((await read(more)).problems).toEqual([expect.stringMatching(message)]);
});
