import { beforeEach, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { modelProject, SHOP_YML } from '../support/model.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { clearDatabase, onDatabase } from '../support/postgres/model-place.ts';
import { modelHere } from '../support/program-here.ts';
import { describeRedshift } from '../support/redshift/database.ts';
import { onStandIn } from '../support/redshift/model-place.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';
import { freshnessTests } from './freshness-run.ts';

describe('model freshness on DuckDB', () => {
  it('measures a landed table without a column by its last load and the clock, and lists it for dbt too', async () => {
    const { root, build } = modelProject({
      'project.yml': `${SHOP_YML.replace('threads: 2', 'threads: 2, landing: landing')}vars: { as_of_date: "2020-01-01" }\n`,
      'seeds/orders.ts': `import { defineSeed } from 'modelwright';
export default defineSeed({ columns: { id: 'integer' }, *rows() { yield [1]; } });
`,
      'models/sources.yml': `sources:
  - name: raw
    freshness: { warn_after: { count: 1, period: hour } }
    tables:
      - { name: orders, columns: [{ name: id, data_type: integer }] }
      - { name: never_landed, columns: [{ name: id, data_type: integer }] }
`,
    });
    const cold = await modelHere('source freshness', { cwd: root });
    expect(cold.stdout).toMatch(/warn .* raw\.orders .* no rows/);
    await build();
    const { code, stdout } = await modelHere('freshness --select orders', { cwd: root });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pass +raw\.orders +\d+ s old +loaded 20\d\d-.*\n1 source: 1 pass\.\n$/);
    const lines = (await modelHere('freshness --log-format json', { cwd: root })).stdout
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'source_freshness', name: expect.any(String), criteria: { warn_after: { count: 1 } } },
      { event: 'source_freshness' },
      { event: 'stage_note', message: '2 sources: 1 pass, 1 warn.' },
    ]);
  });

  it('says that nothing is asked, and refuses an as_of_date that is none and a source that is unknown', async () => {
    const { root } = modelProject({
      'project.yml': `${SHOP_YML}vars: { as_of_date: yesterday }\n`,
      'models/sources.yml':
        'sources: [{ name: crm, tables: [{ name: a }, { name: b, loaded_at_field: x, freshness: { warn_after: { count: 1, period: day } } }] }]\n',
    });
    const freshness = (words: string) => modelHere(`freshness ${words}`, { cwd: root });
    expect(await freshness('--select source:crm.a')).toMatchObject({
      code: 0,
      stdout: 'No freshness is asked of what is selected.\n',
    });
    const bad = await freshness('');
    expect([bad.code, toldDiagnostics(bad.stderr).map(({ code }) => code)]).toEqual([2, ['FRS-005']]);
    const unknown = await freshness('--select source:crm.c');
    expect([unknown.code, toldDiagnostics(unknown.stderr)[0]?.code]).toEqual([2, 'SEL-006']);
  });

  freshnessTests(() => ({ projectYml: SHOP_YML, env: {}, open: (root) => openDuckdb(`${root}/dev.duckdb`) }));
});

describePostgres('model freshness on PostgreSQL', (database) => {
  beforeEach(() => clearDatabase(database));
  freshnessTests(() => onDatabase(database));
});

describeRedshift('model freshness on the stand-in for Redshift', (redshift) => {
  beforeEach(() => redshift.clear());
  freshnessTests(() => onStandIn(redshift, 'freshness'));
});
