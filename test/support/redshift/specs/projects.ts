import { beforeEach, describe, expect, test } from 'vitest';
import { openLanding } from '../../../../src/landing/open-landing.ts';
import { writeBatch } from '../../../../src/landing/write-batch.ts';
import { load } from '../../../../src/seed/load.ts';
import { openRedshift } from '../../../../src/warehouse/redshift/redshift-warehouse.ts';
import { type ModelPlace, modelProject } from '../../model.ts';
import type { TestCluster } from '../cluster.ts';

const seed = (day: string) => `import { defineSeed } from 'modelwright';
export default defineSeed({
  columns: { id: 'integer', day: 'date', note: 'varchar' },
  rows: () => Array.from({ length: 50 }, (_, id) => [id, ${day}, id % 5 === 0 ? null : 'é "' + id + '"\\n']),
});
`;

const FILES = {
  'seeds/numbers.ts': seed("'2025-12-31'"),
  'seeds/kinds.csv': 'kind,label\n0,even\n1,odd\n',
  'models/loaded.sql':
    '{{config dist="id" sort="day"}} select id, day, note from {{source "raw" "numbers"}}\n',
  'models/summed.sql': `{{config materialized="view"}} select k.label, count(*) as n, count(l.note) as noted
from {{ref "loaded"}} as l join {{ref "kinds"}} as k on k.kind = mod(l.id, 2) group by 1\n`,
  'models/copied.sql':
    '{{config publish="table" sort="label"}} select label, n, noted from {{ref "summed"}}\n',
  'models/shop.yml': `sources: [{ name: raw, tables: [{ name: numbers }] }]
models:
  - name: loaded
    description: All numbers.
    config: { grants: { select: [public] } }
    columns: [{ name: id, tests: [unique, not_null] }]
`,
};

export function projectSpecs(cluster: TestCluster): void {
  describe.runIf(cluster.hasLanding)('A project', { timeout: 600_000 }, () => {
    let projects = 0;
    beforeEach(() => cluster.clear());

    test('is landed, loaded, built, tested and published, and nothing of it twice', async () => {
      const model = modelProject(FILES, placeOn(cluster, projects++));
      const { summary, published } = await model.build();
      expect(summary.outcome).toBe('success');
      expect(published).toEqual(['copied', 'kinds', 'loaded', 'summed']);
      const client = await cluster.connect();
      const expected = [
        ['even', '25', '20'],
        ['odd', '25', '20'],
      ];
      expect(await client.rows('select label, n, noted from spec.copied order by 1')).toEqual(expected);
      expect(await client.rows('select label, n, noted from spec.summed order by 1')).toEqual(expected);
      const layout = `select diststyle, sortkey1 from svv_table_info
        where "schema" = '${cluster.schema}__store' and "table" like 'loaded%'`;
      expect(await client.rows(layout)).toEqual([['KEY(id)', 'day']]);
      expect(await client.rows(`select count(*) from pg_class where relname like '%debug%'`)).toEqual([
        ['0'],
      ]);
      const again = Object.entries((await model.build()).ended).filter(
        ([, end]) => end !== 'reused' && end !== 'cached pass',
      );
      expect(again).toEqual([]);
    });

    test('has a bad row told at its place, by what the cluster keeps of load errors', async () => {
      cluster.ledger.proves('load errors outlast ROLLBACK', 'messages of COPY that the pages do not print');
      const { place, iamRole } = cluster.landing;
      const landing = await openLanding({ ...place, address: `${place.address}/bad` });
      const columns = ['integer', 'varchar'].map((type, at) => ({ name: 'ab'.charAt(at), type }));
      const head = { table: 'bad', columns };
      const { entries } = await writeBatch(landing, head, [
        { bytes: Buffer.from('1,"x\ny"\n2b,z\n'), rows: 2 },
      ]);
      const warehouse = await openRedshift(cluster.settings, { threads: 2 });
      const { schema } = cluster;
      const outcomes = await load({ landing, warehouse, schema, loadId: 'bad', access: { iamRole } });
      await warehouse.close();
      const at = { source: { path: entries[0]?.url }, start: { line: 4, column: 1 } };
      expect(outcomes).toMatchObject([
        { kind: 'failed', problems: [{ code: 'LOD-020', span: at }, { code: 'LOD-022' }] },
      ]);
    });
  });
}

/** A project on the cluster, in the schema of the run and those beside it. */
function placeOn({ settings, schema, landing }: TestCluster, number: number): ModelPlace {
  const { password = '', ...login } = settings;
  const { address, region, endpoint, forcePathStyle } = landing.place;
  const target = {
    ...{ adapter: 'redshift', ...login, password: '{{env_var "REDSHIFT_PASSWORD"}}', schema, threads: 2 },
    ...{ iam_role: landing.iamRole, landing: `${address}/project-${number}` },
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(forcePathStyle !== undefined && { force_path_style: forcePathStyle }),
  };
  return {
    projectYml: `name: shop
target: prod
targets:
  prod: ${JSON.stringify(target)}
models:
  +materialized: table
`,
    env: { REDSHIFT_PASSWORD: password },
    open: () => openRedshift(settings, { threads: 2 }),
  };
}
