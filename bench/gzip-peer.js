// A peer of `model generate`: the program gzip, which compresses what it made once more, so many files at a time;
// prints the time of that alone.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';

const FILES_A_PROCESS = 40;

const run = promisify(execFile);
const [root, scratch, threads] = process.argv.slice(2);
const out = mkdtempSync(join(scratch, 'csv-'));
const files = readdirSync(root, { recursive: true }).filter((path) => path.endsWith('.csv.gz'));
if (files.length === 0) throw new Error(`${root} holds no *.csv.gz`);
for (const file of files) {
  const csv = join(out, file.slice(0, -'.gz'.length));
  mkdirSync(dirname(csv), { recursive: true });
  writeFileSync(csv, gunzipSync(readFileSync(join(root, file))));
}

const left = files.map((file) => join(out, file.slice(0, -'.gz'.length)));
const began = process.hrtime.bigint();
await Promise.all(Array.from({ length: Number(threads) }, compress));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
rmSync(out, { recursive: true });
console.log(JSON.stringify({ seconds }));

async function compress() {
  while (left.length > 0) await run('gzip', ['-1', '--keep', ...left.splice(0, FILES_A_PROCESS)]);
}
