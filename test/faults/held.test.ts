import { describe, expect, it } from 'vitest';
import { model, startModel } from '../support/program.ts';
import { scratchProject } from '../support/scratch-project.ts';

/** Long enough for a second start of the program to find the file held. */
const SLOW =
  'select count(*) as n from range(20000) as a cross join range(6000) as b where (a.range * b.range) % 7 = 3\n';

function project(): string {
  return scratchProject({
    'project.yml': `name: shop
target: dev
targets: { dev: { adapter: duckdb, path: dev.duckdb, schema: analytics } }
models: { +materialized: table }
`,
    'models/slow.sql': SLOW,
    'models/quick.sql': 'select 1 as n\n',
  });
}

describe('Two builds at once on one DuckDB file', () => {
  it('one works; another says which process holds the file, and one with --wait waits for it', async () => {
    const cwd = project();
    const first = startModel('build --log-format json', { cwd });
    await first.says('"node_started"');
    const refused = await model('build --select quick', { cwd });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(new RegExp(`held by .*\\(PID ${first.process.pid}\\)`));
    expect(first.process.exitCode).toBeNull();
    const waiting = startModel('build --wait 40', { cwd });
    expect((await first.end).code).toBe(0);
    const waited = await waiting.end;
    expect(waited.code).toBe(0);
    expect(waited.stdout + waited.stderr).toMatch(/2 reused/);
  });
});
