// `model generate` into an S3 server on this machine against the same into a folder, and the memory that it takes.
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
  const intoFolder = (users) => ({
    args: generate('dev', users),
    cwd,
    before: () => rmSync(join(cwd, 'landing'), { recursive: true, force: true }),
  });
  const intoS3 = (users) => {
    const env = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ZONE: 'none' };
    const before = () => {
      env.ZONE = `zone-${zones++}`;
    };
    return { args: generate('bench', users), cwd, env, before };
  };
  const { small } = measureInTurn({ small: intoS3(size.uploadUsers / size.growth) }, 1);
  const users = size.uploadUsers;
  const { ours, peer } = measureInTurn({ ours: intoS3(users), peer: intoFolder(users) }, size.longRuns);
  return [
    ratio(
      `upload of ${users} users and ${size.days} days, to generating into a folder`,
      { ours, peer },
      1.25,
    ),
    { name: 'memory of the upload', value: ours.megabytes, limit: 350, unit: 'MB' },
    {
      name: `memory of ${size.growth} times the data to that of once`,
      value: ours.megabytes / small.megabytes,
      limit: 1.25,
      unit: '×',
    },
  ];
}

function generate(target, users) {
  const amount = ['--users', String(Math.round(users)), '--days', String(size.days)];
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
