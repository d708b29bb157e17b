import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { modelProject } from '../support/model.ts';
import { model as program } from '../support/program.ts';
import { type CredentialService, startCredentialService } from '../support/redshift/credential-service.ts';
import { BUCKET, COPY_ROLE, describeRedshift } from '../support/redshift/database.ts';
import type { Login } from '../support/redshift/login.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { type CredentialEndpoint, startCredentialEndpoint } from '../support/s3/credential-endpoint.ts';
import { writtenBy } from '../support/written-by.ts';

const FILES = {
  'seeds/numbers.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'date' },
  partition: { column: 'day' },
  partitions: () => Array.from({ length: 9 }, (_, day) => '2025-01-0' + (day + 1)),
  rows: (day) => Array.from({ length: 100 }, (_, id) => [id, day]),
});
`,
  'models/loaded.sql': 'select id, day from {{source "raw" "numbers"}}\n',
  'models/summed.sql':
    '{{config materialized="view"}} select day, count(*) as n from {{ref "loaded"}} group by 1\n',
  'models/copied.sql': '{{config publish="table"}} select day, n from {{ref "summed"}}\n',
  'models/sources.yml': `sources: [{ name: raw, tables: [{ name: numbers }] }]
models: [{ name: loaded, columns: [{ name: id, tests: [not_null] }] }]
`,
};

interface Key {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const HOUR_MS = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'model-tls-'));
makeCertificates(folder);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const logins: Login[] = [];

describeRedshift(
  'The program, whose credentials expire while it builds',
  (redshift) => {
    let service: CredentialService;
    let endpoint: CredentialEndpoint;
    /** What AWS says of the logins and keys that it gives, and for how much they are good. */
    let given: { readonly lastsMs: number; readonly loginsEach: number; readonly requestsEach: number };
    const keys: Key[] = [];
    let projects = 0;

    beforeAll(async () => {
      service = await startCredentialService(() => newLogin());
      endpoint = await startCredentialEndpoint(() => newKey());
    });
    afterAll(async () => {
      await Promise.all([service.close(), endpoint.close()]);
      rmSync(folder, { recursive: true });
    });
    beforeEach(() => {
      logins.length = 0;
      keys.length = 0;
      return redshift.clear();
    });

    function newLogin(): Login {
      let left = given.loginsEach;
      const told = new Date(Date.now() + given.lastsMs);
      const login = { user: `IAM:maker${logins.length}`, password: `once+${logins.length}`, needsTls: true };
      logins.push({
        ...login,
        get expires() {
          return --left < 0 ? new Date(0) : told;
        },
      });
      return { ...login, expires: told };
    }

    /** All rows of the store. */
    async function storedText(): Promise<string> {
      const tables = await redshift.admin(
        `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
         from information_schema.tables where table_schema like 'analytics\\_\\_%'`,
      );
      const rows = await Promise.all(
        tables.map(({ name }) => redshift.admin(`select held::text from ${String(name)} as held`)),
      );
      return JSON.stringify(rows);
    }

    function newKey() {
      let left = given.requestsEach;
      const told = new Date(Date.now() + given.lastsMs);
      const accessKeyId = `ASIA${keys.length}`;
      const key = {
        accessKeyId,
        secretAccessKey: `secret+${accessKeyId}`,
        sessionToken: `token+${accessKeyId}`,
      };
      keys.push(key);
      redshift.s3.admit(key.accessKeyId, {
        ...{ secret: key.secretAccessKey, sessionToken: key.sessionToken },
        get expiresAt() {
          return --left < 0 ? new Date(0) : told;
        },
      });
      return { ...key, expiresAt: told };
    }

    it.each([
      ['a cluster, as AWS said', { cluster_identifier: 'analytics', db_user: 'maker' }, 61_000],
      ['a cluster, before their time', { cluster_identifier: 'analytics' }, HOUR_MS],
      ['a workgroup, before their time', { workgroup_name: 'reports' }, HOUR_MS],
    ])('finishes with new ones, of %s', { timeout: 120_000 }, async (_, iam, lastsMs) => {
      // A key is good for all requests of a step, or the last of them would meet a second key that has expired: nine manifests.
      given = { lastsMs, loginsEach: 3, requestsEach: 10 };
      const { user: _user, password: _password, ...host } = redshift.settings;
      const target = {
        ...{ adapter: 'redshift', ...host, iam_role: COPY_ROLE, sslrootcert: join(folder, 'ca.crt') },
        ...{
          iam: { ...iam, region: 'us-east-1', endpoint: service.endpoint },
          schema: 'analytics',
          threads: 2,
        },
        ...{ landing: `s3://${BUCKET}/zone-${projects++}`, region: 'us-east-1' },
        ...{ endpoint: redshift.s3.endpoint, force_path_style: true },
      };
      const place = onStandIn(redshift, 'unused');
      const projectYml = `name: shop\ntarget: prod\ntargets:\n  prod: ${JSON.stringify(target)}\nmodels: { +materialized: table }\n`;
      const project = modelProject(FILES, { ...place, projectYml });
      const { faults } = redshift.server;
      onTestFinished(() => faults.clear());
      for (const statement of [
        /^(?:\/\*.*\*\/\s)?copy /,
        /create table \S+loaded__/,
        /create view \S+summed__/,
        /create table \S+copied__/,
      ])
        faults.add({ statement, fault: { kind: 'drop', when: 'before' } });

      const patience = { timeoutMs: 100_000 };
      const end = await program('build', { cwd: project.root, env: endpoint.environment, ...patience });
      expect(end.code, end.stdout + end.stderr).toBe(0);
      expect(
        await redshift.admin('select count(*)::integer as days, sum(n)::integer as n from analytics.copied'),
      ).toEqual([{ days: 9, n: 900 }]);
      expect(logins.length).toBeGreaterThan(1);
      expect(keys.length).toBeGreaterThan(1);
      const written = writtenBy(end, project.root) + (await storedText());
      expect(written.split('model.shop.copied').length).toBeGreaterThan(2);
      for (const { password } of logins) expect(written).not.toContain(password);
      for (const { secretAccessKey, sessionToken } of keys) {
        expect(written).not.toContain(secretAccessKey);
        expect(written).not.toContain(sessionToken);
      }
    });
  },
  { logins, tls: { key: read('server.key'), cert: read('server.crt') } },
);
