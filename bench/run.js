// `model run` against a bare script that sends the same statements to one connection, over the same loaded data.
import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio } from './figure.js';
import { landed, landedProject } from './landed-project.js';
import { MODEL, measure, measureInTurn } from './measure.js';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./statements-peer.js', import.meta.url));

export function figures() {
  const cwd = landedProject();
  const folder = scratchFolder();
  const [loaded, database] = [join(folder, 'loaded.duckdb'), join(folder, 'peer.duckdb')];
  const warehouse = join(cwd, 'warehouse', 'dev.duckdb');
  measure([MODEL, 'load', '--quiet'], { cwd });
  copyFileSync(warehouse, loaded);
  const run = [MODEL, 'run', '--quiet'];
  measure(run, { cwd });
  const sent = join(folder, 'sent');
  cpSync(join(cwd, 'target'), sent, { recursive: true });
  const programs = {
    ours: { args: run, cwd, before: () => restore(loaded, warehouse) },
    peer: { args: [PEER, sent, database], before: () => restore(loaded, database) },
  };
  const { ours, peer } = measureInTurn(programs, size.longRuns);
  return [ratio(`run over ${landed}, to bare statements`, { ours, peer }, 1.1)];
}

function restore(from, to) {
  rmSync(`${to}.wal`, { force: true });
  copyFileSync(from, to);
}
