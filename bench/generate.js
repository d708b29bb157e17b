// `model generate` against gzip alone on the same bytes, with the same level, into as many files, on as many threads: the
// program of that name, and Node's zlib, which is faster.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measureInTurn } from './measure.js';
import { mover } from './mover.js';
import { referenceProject, scratchFolder } from './scratch.js';
import { size } from './size.js';

const GZIP = fileURLToPath(new URL('./gzip-peer.js', import.meta.url));
const ZLIB = fileURLToPath(new URL('./zlib-peer.js', import.meta.url));
const THREADS = '2';

export function figures() {
  const cwd = referenceProject();
  const landing = join(cwd, 'landing');
  const remove = mover();
  const before = () => remove(landing);
  const generate = (users) => ({
    cwd,
    before,
    args: [
      ...[MODEL, 'generate', '--quiet', '--threads', THREADS],
      ...['--users', String(users), '--days', String(size.days)],
    ],
  });
  const gzip = { args: [GZIP, landing, scratchFolder(), THREADS], ownClock: true };
  const env = { UV_THREADPOOL_SIZE: THREADS };
  const zlib = { args: [ZLIB, landing, scratchFolder()], env, ownClock: true };
  const { small } = measureInTurn({ small: generate(size.users) }, 1);
  const { large: ours, ...alone } = measureInTurn({
    large: generate(size.users * size.growth),
    gzip,
    zlib,
  });
  const { files, bytes } = JSON.parse(alone.zlib.stdout);
  const data = `${files} files, ${(bytes / 1e6).toFixed(0)} MB of CSV`;
  return [
    ratio(`generation to gzip -1 alone, ${data}`, { ours, peer: alone.gzip }, 1.3),
    ratio(`generation to Node's zlib alone, ${data}`, { ours, peer: alone.zlib }, 1.3),
    { name: 'memory of the larger generation', value: ours.megabytes, limit: 250, unit: 'MB' },
    {
      name: `memory of ${size.growth} times the data to that of once`,
      value: ours.megabytes / small.megabytes,
      limit: 1.15,
      unit: '×',
    },
  ];
}
