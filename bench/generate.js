// `model generate` against gzip alone on the same bytes, with the same settings, into as many files, on as many threads.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject, scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./gzip-peer.js', import.meta.url));
const THREADS = '2';

export function figures() {
  const cwd = referenceProject();
  const remove = () => rmSync(join(cwd, 'landing'), { recursive: true, force: true });
  const generate = (users) => [
    ...[MODEL, 'generate', '--quiet', '--threads', THREADS],
    ...['--users', String(users), '--days', String(size.days)],
  ];
  const { small } = measureInTurn({ small: { args: generate(size.users), cwd, before: remove } }, 1);
  const { large } = measureInTurn({
    large: { args: generate(size.users * size.growth), cwd, before: remove },
  });
  const env = { UV_THREADPOOL_SIZE: THREADS };
  const { stdout } = measure([PEER, join(cwd, 'landing'), scratchFolder()], { env });
  const { seconds, files, bytes } = JSON.parse(stdout);
  const data = `${files} files, ${(bytes / 1e6).toFixed(0)} MB of CSV`;
  return [
    ratio(`generation to gzip alone, ${data}`, { ours: large, peer: { seconds } }, 1.3),
    { name: 'memory of the larger generation', value: large.megabytes, limit: 250, unit: 'MB' },
    {
      name: `memory of ${size.growth} times the data to that of once`,
      value: large.megabytes / small.megabytes,
      limit: 1.15,
      unit: '×',
    },
  ];
}
