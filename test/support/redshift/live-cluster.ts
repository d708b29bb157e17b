import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { redshiftSettings } from '../../../src/project/redshift-settings.ts';
import { connectionConfig } from '../../../src/warehouse/postgres/connection-config.ts';
import { serverSettings } from '../../../src/warehouse/redshift/server-settings.ts';
import { emptySchema, type TestCluster, type TestLanding } from './cluster.ts';
import { removeFiles } from './landing-files.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { SpecClient } from './spec-client.ts';

/** A database in which schemas may be made: `postgres://user:password@host:5439/database?sslmode=verify-full`. */
const URL_VARIABLE = 'MODEL_LIVE_REDSHIFT_URL';

export const liveUrl = process.env[URL_VARIABLE];

/** Where files of the specs may lie, `s3://bucket/prefix`, and the role by which the cluster reads them. */
const landingAddress = process.env['MODEL_LIVE_REDSHIFT_LANDING'];
const iamRole = process.env['MODEL_LIVE_REDSHIFT_IAM_ROLE'] ?? 'default';

/** A file that the report is written into, too. */
const reportFile = process.env['MODEL_LIVE_REDSHIFT_REPORT'];

/** The cluster that the environment names. Its schemas are dropped at the end, and the report is told. */
export function liveCluster(url: string): TestCluster {
  const schema = `modelwright_test_${randomBytes(6).toString('hex')}`;
  const settings = settingsOf(url);
  const ledger = new MemoryLedger();
  const clients: Client[] = [];

  const connect: TestCluster['connect'] = async (changes = {}) => {
    const { user = '', password = '' } = settings;
    const { types: _, ...config } = await connectionConfig(serverSettings(settings, { user, password }));
    const client = new Client({ ...config, ...changes });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return new SpecClient(client, schema);
  };

  beforeAll(async () => emptySchema(await connect()));
  afterAll(async () => {
    const client = await connect();
    const { rows } = await client.query('select version() as version');
    await dropSchemas(client, schema);
    if (landingAddress !== undefined) await removeFiles(landingAt(landingAddress, schema));
    await Promise.all(clients.map((open) => open.end().catch(() => undefined)));
    const report = ledger.report(`${settings.host}: ${rows[0]?.version}`);
    console.log(report);
    if (reportFile !== undefined) await writeFile(reportFile, `${report}\n`);
  });

  return {
    ...{ kind: 'live', schema, settings, ledger, connect },
    clear: async () => emptySchema(await connect()),
    hasLanding: landingAddress !== undefined,
    get landing() {
      if (landingAddress === undefined) throw new Error('MODEL_LIVE_REDSHIFT_LANDING is not set.');
      return landingAt(landingAddress, schema);
    },
  };
}

function landingAt(address: string, schema: string): TestLanding {
  return { place: { address: `${address}/${schema}` }, iamRole };
}

function settingsOf(url: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return redshiftSettings.parse({
    ...{ host: hostname, user: decodeURIComponent(username), password: decodeURIComponent(password) },
    ...{ database: pathname.slice(1), ...(port !== '' && { port }), ...Object.fromEntries(searchParams) },
  });
}

/** That of the run, and those that projects have beside it. */
async function dropSchemas(client: SpecClient, schema: string): Promise<void> {
  const { rows } = await client.query(
    `select nspname from pg_namespace where left(nspname, ${schema.length}) = '${schema}'`,
  );
  for (const { nspname } of rows) await client.query(`drop schema ${nspname} cascade`);
}
