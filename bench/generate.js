// `model generate` against gzip alone on the same bytes, with the same settings, into as many files, on as many threads.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measureInTurn } from './measure.js';
import { mover } from './mover.js';
import { referenceProject, scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./gzip-peer.js', import.meta.url));
const THREADS = '2';

export function figures() {
  const cwd = referenceProject();
  const remove = mover();
  const before = () => remove(join(cwd, 'landing'));
  const generate = (users) => ({
    cwd,
    before,
    args: [
      ...[MODEL, 'generate', '--quiet', '--threads', THREADS],
      ...['--users', String(users), '--days', String(size.days)],
    ],
  });
  const gzip = {
    args: [PEER, join(cwd, 'landing'), scratchFolder()],
    env: { UV_THREADPOOL_SIZE: THREADS },
    ownClock: true,
  };
  const { small } = measureInTurn({ small: generate(size.users) }, 1);
  const { large, peer } = measureInTurn({ large: generate(size.users * size.growth), peer: gzip });
  const { files, bytes } = JSON.parse(peer.stdout);
  const data = `${files} files, ${(bytes / 1e6).toFixed(0)} MB of CSV`;
  return [
    ratio(`generation to gzip alone, ${data}`, { ours: large, peer }, 1.3),
    { name: 'memory of the larger generation', value: large.megabytes, limit: 250, unit: 'MB' },
    {
      name: `memory of ${size.growth} times the data to that of once`,
      value: large.megabytes / small.megabytes,
      limit: 1.15,
      unit: '×',
    },
  ];
}
