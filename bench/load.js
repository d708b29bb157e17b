// `model load` against a bare script that inserts the same files with read_csv.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { MODEL, measure, measureInTurn } from './measure.js';
import { referenceProject, scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./read-csv-peer.js', import.meta.url));
const THREADS = '2';

export function figures() {
  const cwd = referenceProject();
  const database = join(scratchFolder(), 'peer.duckdb');
  measure([MODEL, 'generate', '--quiet', '--users', String(size.users), '--days', String(size.days)], {
    cwd,
  });
  const { ours, peer } = measureInTurn({
    ours: {
      args: [MODEL, 'load', '--quiet', '--threads', THREADS],
      cwd,
      before: () => rmSync(join(cwd, 'warehouse'), { recursive: true, force: true }),
    },
    peer: {
      args: [PEER, join(cwd, 'landing'), database, THREADS],
      before: () => rmSync(database, { force: true }),
    },
  });
  return [ratio(`load of ${size.users} users and ${size.days} days, to read_csv`, { ours, peer }, 1.1)];
}
