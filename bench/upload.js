// `model generate` into an S3 server on this machine against the same into a folder, and the memory that it takes: a gigabyte
// of CSV in many small batches, and as much in a quarter of them, of more than a megabyte of gzip each.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measureInTurn } from './measure.js';
import { referenceProject } from './scratch.js';
import { size } from './size.js';

const SERVER = fileURLToPath(new URL('./s3-server.js', import.meta.url));
const BUCKET = 'bench';
const KEY = ['AKIABENCH', 'bench'];
const FEWER = 4;

export async function figures() {
  const server = spawn(process.execPath, [SERVER, ...KEY, BUCKET], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [endpoint] = await once(createInterface(server.stdout), 'line');
    return uploads(endpoint);
  } finally {
    server.stdin.end();
    await once(server, 'exit');
  }
}

function uploads(endpoint) {
  const cwd = referenceProject();
  addTarget(join(cwd, 'project.yml'), endpoint);
  const [AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY] = KEY;
  let zones = 0;
  const intoFolder = (amount) => ({
    args: generate('dev', amount),
    cwd,
    before: () => rmSync(join(cwd, 'landing'), { recursive: true, force: true }),
  });
  const intoS3 = (amount) => {
    const env = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ZONE: 'none' };
    const before = () => {
      env.ZONE = `zone-${zones++}`;
    };
    return { args: generate('bench', amount), cwd, env, before };
  };
  const [users, days] = [size.uploadUsers, size.days];
  const compared = (amount) =>
    measureInTurn({ ours: intoS3(amount), peer: intoFolder(amount) }, size.longRuns);
  const { small } = measureInTurn({ small: intoS3({ users: users / size.growth, days }) }, 1);
  const many = compared({ users, days });
  const quarter = { users: users * FEWER, days: Math.ceil(days / FEWER) };
  const few = compared(quarter);
  const name = (amount) =>
    `upload of ${amount.users} users and ${amount.days} days, to generating into a folder`;
  return [
    ratio(name({ users, days }), many, 1.25),
    ratio(name(quarter), few, 1.25),
    { name: 'memory of the upload', value: many.ours.megabytes, limit: 350, unit: 'MB' },
    {
      name: `memory of ${size.growth} times the data to that of once`,
      value: many.ours.megabytes / small.megabytes,
      limit: 1.25,
      unit: '×',
    },
  ];
}

function generate(target, { users, days }) {
  const amount = ['--users', String(Math.round(users)), '--days', String(days)];
  return [MODEL, 'generate', '--quiet', '--target', target, '--threads', '2', ...amount];
}

function addTarget(file, endpoint) {
  const settings = [
    ...['adapter: duckdb', 'path: bench.duckdb', 'schema: analytics', 'force_path_style: true'],
    ...[`landing: 's3://${BUCKET}/{{env_var "ZONE"}}'`, `endpoint: "${endpoint}"`],
  ];
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^targets:\n/m, `targets:\n  bench: { ${settings.join(', ')} }\n`));
}
