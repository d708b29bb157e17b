// A peer of `model generate`: zlib as Node has it, which compresses what it made once more, on the threads of Node's pool,
// into as many files; prints the time of that alone.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';

const ROUND_BYTES = 128 * 1024 * 1024;
const SETTINGS = { level: 1, chunkSize: 1024 * 1024 };

const compress = promisify(gzip);
const [root, scratch] = process.argv.slice(2);
const out = mkdtempSync(join(scratch, 'gzip-'));
const files = readdirSync(root, { recursive: true }).filter((path) => path.endsWith('.csv.gz'));
if (files.length === 0) throw new Error(`${root} holds no *.csv.gz`);
const total = { seconds: 0, files: files.length, bytes: 0 };

for (let at = 0; at < files.length; ) {
  const round = [];
  for (let bytes = 0; at < files.length && bytes < ROUND_BYTES; at++) {
    const text = gunzipSync(readFileSync(join(root, files[at])));
    bytes += text.length;
    round.push({ text, file: join(out, files[at]) });
  }
  const began = process.hrtime.bigint();
  await Promise.all(round.map(({ text, file }) => compressInto(file, text)));
  total.seconds += Number(process.hrtime.bigint() - began) / 1e9;
  total.bytes += round.reduce((sum, { text }) => sum + text.length, 0);
}
console.log(JSON.stringify(total));

async function compressInto(file, text) {
  const compressed = await compress(text, SETTINGS);
  mkdirSync(dirname(file), { recursive: true });
  await writeFile(file, compressed);
}
