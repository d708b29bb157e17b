// `model load` into PostgreSQL against a bare `psql \copy` of the same files, on a server of our own.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { ratio } from './figure.js';
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject, scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./psql-copy-peer.js', import.meta.url));
const support = createJiti(import.meta.url);

export async function figures() {
  const { postgresBinaries } = await support.import('../test/support/postgres/binaries.ts');
  const { startCluster } = await support.import('../test/support/postgres/cluster.ts');
  const psql = join(postgresBinaries() ?? '', 'psql');
  if (!existsSync(psql)) throw new Error('This benchmark needs a PostgreSQL server and psql.');
  // With less in the log of writes, a table that is made in the transaction that fills it would be spared it.
  const cluster = await startCluster({
    folder: scratchFolder(),
    owner: process.pid,
    settings: { wal_level: 'replica', shared_buffers: '256MB', max_wal_size: '4GB', autovacuum: 'on' },
  });
  try {
    return [loadRatio(cluster.url, psql)];
  } finally {
    await cluster.stop();
  }
}

function loadRatio(url, psql) {
  const cwd = referenceProject();
  const env = { PGPASSWORD: new URL(url).password };
  addTarget(join(cwd, 'project.yml'), new URL(url));
  const { postgresUsers: users, days } = size;
  measure([MODEL, 'generate', '--quiet', '--users', String(users), '--days', String(days)], { cwd });
  const reset = () =>
    execFileSync(psql, [url, '--quiet', '--command', RESET], { stdio: ['ignore', 'pipe', 'pipe'] });
  const { ours, peer } = measureInTurn({
    ours: { args: [MODEL, 'load', '--quiet', '--target', 'bench'], cwd, env, before: reset },
    peer: { args: [PEER, psql, join(cwd, 'landing'), url], cwd, before: reset },
  });
  return ratio(
    `load of ${users} users and ${days} days into PostgreSQL, to psql \\copy`,
    { ours, peer },
    1.15,
  );
}

const RESET = `set client_min_messages = error;
drop schema if exists analytics__raw, analytics__store, peer cascade;
checkpoint`;

function addTarget(file, { hostname, port, username, pathname }) {
  const settings = [
    ...['adapter: postgres', `host: ${hostname}`, `port: ${port}`, `user: ${username}`],
    ...[`password: '{{env_var "PGPASSWORD"}}'`, `database: ${pathname.slice(1)}`],
    ...['schema: analytics', 'landing: landing'],
  ];
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^targets:\n/m, `targets:\n  bench: { ${settings.join(', ')} }\n`));
}
