// The peer of `model generate`: compresses what it made once more, on the threads of Node's pool; prints the time of that alone.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';

const ROUND_BYTES = 128 * 1024 * 1024;
const SETTINGS = { level: 1, chunkSize: 256 * 1024 };

const compress = promisify(gzip);
const [root] = process.argv.slice(2);
const files = readdirSync(root, { recursive: true }).filter((path) => path.endsWith('.csv.gz'));
if (files.length === 0) throw new Error(`${root} holds no *.csv.gz`);
const total = { seconds: 0, files: files.length, bytes: 0 };

for (let at = 0; at < files.length; ) {
  const round = [];
  for (let bytes = 0; at < files.length && bytes < ROUND_BYTES; at++) {
    const text = gunzipSync(readFileSync(join(root, files[at])));
    bytes += text.length;
    round.push(text);
  }
  const began = process.hrtime.bigint();
  await Promise.all(round.map((text) => compress(text, SETTINGS)));
  total.seconds += Number(process.hrtime.bigint() - began) / 1e9;
  total.bytes += round.reduce((sum, text) => sum + text.length, 0);
}
console.log(JSON.stringify(total));
