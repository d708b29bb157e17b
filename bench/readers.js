// How long readers wait while the relations that they read are published, on a PostgreSQL server of our own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { MODEL, measure } from './measure.js';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./reader-peer.js', import.meta.url));
const VIEWS = 20;
const TABLES = 5;
const NAMES = Array.from({ length: VIEWS + TABLES }, (_, i) => (i < VIEWS ? `view_${i}` : `table_${i}`));
const LIMIT_MS = 50;
const support = createJiti(import.meta.url);

export async function figures() {
  const { startCluster } = await support.import('../test/support/postgres/cluster.ts');
  const cluster = await startCluster({ folder: scratchFolder(), owner: process.pid });
  try {
    const project = projectOn(new URL(cluster.url));
    publish(project, 0);
    const reader = spawn(process.execPath, [PEER, cluster.url, ...NAMES.map((name) => `analytics.${name}`)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const said = text(reader.stdout);
    const windows = Array.from({ length: size.publishes }, (_, i) => publish(project, i + 1));
    reader.stdin.end();
    const [status] = await once(reader, 'close');
    if (status !== 0) throw new Error('A reader met an error.');
    return [waitFigure(JSON.parse(await said), windows)];
  } finally {
    await cluster.stop();
  }
}

function projectOn({ hostname, port, username, password, pathname }) {
  const cwd = scratchFolder();
  const target = {
    ...{ adapter: 'postgres', host: hostname, port: Number(port), user: username },
    ...{ password: '{{env_var "PGPASSWORD"}}', database: pathname.slice(1), schema: 'analytics', threads: 4 },
  };
  writeFileSync(
    join(cwd, 'project.yml'),
    `name: bench\nvars: { edition: 0 }\ntargets: { pg: ${JSON.stringify(target)} }\nmodels: { +materialized: table }\n`,
  );
  mkdirSync(join(cwd, 'models'));
  for (const name of NAMES) {
    const config = name.startsWith('table') ? '{{config publish="table"}}\n' : '';
    writeFileSync(join(cwd, 'models', `${name}.sql`), `${config}select {{var "edition"}} as edition\n`);
  }
  return { cwd, env: { PGPASSWORD: password } };
}

/** Publishes all relations; gives when that began and ended. */
function publish({ cwd, env }, edition) {
  const words = ['run', '--vars', `{ edition: ${edition} }`, '--log-format', 'json'];
  const lines = measure([MODEL, ...words], { cwd, env })
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const timeOf = (event) => Date.parse(lines.find((line) => line.event === event).at);
  return [timeOf('publish_started'), timeOf('publish_finished')];
}

function waitFigure(reads, windows) {
  const during = reads.filter(([began, ended]) => windows.some(([from, to]) => ended >= from && began <= to));
  const waits = during.map(([began, ended]) => ended - began).sort((a, b) => a - b);
  const value = waits[Math.floor(waits.length * 0.99)];
  const others = reads
    .filter((read) => !during.includes(read))
    .map(([began, ended]) => ended - began)
    .sort((a, b) => a - b);
  const detail = `${waits.length} reads during ${windows.length} publishes, ${waits.at(-1).toFixed(0)} ms the longest; ${others[Math.floor(others.length * 0.99)].toFixed(1)} ms outside of them`;
  const name = `99th percentile of what 4 readers wait while ${NAMES.length} relations are published`;
  return { name, value, limit: LIMIT_MS, unit: 'ms', detail };
}
