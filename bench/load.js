// `model load` against a bare script that inserts the same files with read_csv.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { landed, landedProject } from './landed-project.js';
import { MODEL, measureInTurn } from './measure.js';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./read-csv-peer.js', import.meta.url));
const THREADS = '2';

export function figures() {
  const cwd = landedProject();
  const database = join(scratchFolder(), 'peer.duckdb');
  const programs = {
    ours: {
      args: [MODEL, 'load', '--quiet', '--threads', THREADS],
      cwd,
      before: () => rmSync(join(cwd, 'warehouse'), { recursive: true, force: true }),
    },
    peer: {
      args: [PEER, join(cwd, 'landing'), database, THREADS],
      before: () => rmSync(database, { force: true }),
    },
  };
  const { ours, peer } = measureInTurn(programs, size.longRuns);
  return [ratio(`load of ${landed}, to read_csv`, { ours, peer }, 1.1)];
}
