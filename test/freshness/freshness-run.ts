import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ModelPlace, modelProject } from '../support/model.ts';
import { modelHere } from '../support/program-here.ts';
import { expectToFit, hasSchemas } from '../support/schema.ts';
import { toldDiagnostics } from '../support/told-diagnostic.ts';

const AFTER = (hours: number) => `{ count: ${hours}, period: hour }`;

/** Tables of a foreign schema `crm`, all last loaded at noon of 2025-12-31 in their own way. */
const TABLES = [
  'create schema crm',
  `create table crm.stamped as select 1 as id, timestamp '2025-12-31 12:00:00' as loaded_at
union all select 2, timestamp '2025-12-30 12:00:00'`,
  `create table crm.zoned as select cast('2025-12-31 14:00:00+02:00' as timestamp with time zone) as loaded_at`,
  `create table crm.dated as select date '2025-12-31' as day`,
  `create table crm.empty as select timestamp '2025-12-31 12:00:00' as loaded_at where 1 = 0`,
  `create table crm.worded as select cast('at noon' as varchar(20)) as loaded_at`,
];

const SOURCES = `sources:
  - name: crm
    freshness:
      warn_after: ${AFTER(12)}
      error_after: ${AFTER(24)}
    loaded_at_field: loaded_at
    tables:
      - name: stamped
      - name: zoned
      - { name: dated, loaded_at_field: day }
      - { name: empty }
      - name: filtered
        identifier: stamped
        freshness: { filter: "id > {{var \\"least\\"}} -- the newest is not one of them" }
      - name: queried
        identifier: stamped
        loaded_at_query: |
          select max(loaded_at)
          from {{self}}
          where id < 3
      - { name: ignored, freshness: null }
`;

const BAD_SOURCES = `sources:
  - name: crm
    freshness: { error_after: ${AFTER(24)} }
    loaded_at_field: loaded_at
    tables:
      - { name: stamped }
      - { name: worded }
      - name: unknown_column
        identifier: stamped
        loaded_at_field: loaded_on
      - name: no_sql
        identifier: stamped
        freshness:
          filter: id is very large
      - { name: missing }
      - name: two_columns
        identifier: stamped
        loaded_at_query: select id, loaded_at from {{self}}
`;

const VARS = 'vars:\n  as_of_date: { default: "2025-12-31", per_run: true }\n  least: 1\n';

/** What `model freshness` does on an engine. */
export function freshnessTests(placeOf: () => ModelPlace): void {
  const project = (sources: string, vars = VARS) => {
    const place = placeOf();
    const files = { 'project.yml': `${place.projectYml}${vars}`, 'models/sources.yml': sources };
    const made = modelProject(files, place);
    const freshness = (...words: readonly string[]) =>
      modelHere(['freshness', ...words], { cwd: made.root, env: place.env });
    return { ...made, freshness };
  };

  it('measures the age of each source as of the end of as_of_date', async () => {
    const { root, sql, freshness } = project(SOURCES);
    await sql(...TABLES);
    const { code, stdout, stderr } = await freshness();
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(linesOf(stdout)).toEqual(
      [
        'error crm.empty no rows never loaded',
        'pass crm.queried 12 h 00 m old loaded 2025-12-31 12:00:00',
        'pass crm.stamped 12 h 00 m old loaded 2025-12-31 12:00:00',
        'pass crm.zoned 12 h 00 m old loaded 2025-12-31 12:00:00',
        'warn crm.dated 24 h 00 m old loaded 2025-12-31 00:00:00',
        'error crm.filtered 36 h 00 m old loaded 2025-12-30 12:00:00',
      ].sort(),
    );
    expect(stdout).toContain('warn after 12 hours, error after 24 hours');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('6 sources: 3 pass, 1 warn, 2 error.');
    const json = readFileSync(join(root, 'target/sources.json'), 'utf8');
    if (hasSchemas) expectToFit('dbt/sources-v3.json', json);
    expect(JSON.parse(json).results).toMatchObject([
      { unique_id: 'source.shop.crm.stamped', status: 'pass', max_loaded_at_time_ago_in_s: 43_200 },
      { unique_id: 'source.shop.crm.zoned', max_loaded_at: '2025-12-31T12:00:00.000Z' },
      { unique_id: 'source.shop.crm.dated', status: 'warn', snapshotted_at: '2026-01-01T00:00:00.000Z' },
      { unique_id: 'source.shop.crm.empty', status: 'error', max_loaded_at: '0001-01-01T00:00:00.000Z' },
      { status: 'error', criteria: { filter: expect.stringContaining('id > ') } },
      { unique_id: 'source.shop.crm.queried', status: 'pass', criteria: { error_after: { count: 24 } } },
    ]);
  });

  it('measures what was there at the end of as_of_date, or at its instant, and tells of newer rows', async () => {
    const { sql, freshness } = project(SOURCES);
    await sql(...TABLES);
    const told = async (asOf: string) => {
      const { stdout } = await freshness(
        ...['--vars', `as_of_date: "${asOf}"`],
        ...['--select', 'source:crm.stamped', 'source:crm.zoned', 'source:crm.dated', 'source:crm.queried'],
      );
      return linesOf(stdout);
    };
    const ahead = 'not counting newer rows, up to 2025-12-31';
    expect(await told('2025-12-30')).toEqual([
      `error crm.dated no rows never loaded ${ahead} 00:00:00`,
      `error crm.zoned no rows never loaded ${ahead} 12:00:00`,
      'pass crm.queried 12 h 00 m ahead loaded 2025-12-31 12:00:00',
      `pass crm.stamped 12 h 00 m old loaded 2025-12-30 12:00:00 ${ahead} 12:00:00`,
    ]);
    expect(await told('2025-12-31 06:00')).toEqual([
      `error crm.zoned no rows never loaded ${ahead} 12:00:00`,
      'pass crm.dated 6 h 00 m old loaded 2025-12-31 00:00:00',
      'pass crm.queried 6 h 00 m ahead loaded 2025-12-31 12:00:00',
      `warn crm.stamped 18 h 00 m old loaded 2025-12-30 12:00:00 ${ahead} 12:00:00`,
    ]);
  });

  it('measures by the clock of the warehouse where the project has no as_of_date', async () => {
    const { sql, freshness } = project(SOURCES, 'vars: { least: 1 }\n');
    await sql(...TABLES);
    const { code, stdout } = await freshness('--select', 'source:crm.stamped');
    expect({ code, told: linesOf(stdout)[0]?.slice(0, 17) }).toEqual({ code: 1, told: 'error crm.stamped' });
  });

  it('tells what could not be measured at the line of the YAML file, and measures the rest', async () => {
    const { root, sql, freshness } = project(BAD_SOURCES);
    await sql(...TABLES);
    const { code, stdout } = await freshness('--output', 'out/fresh.json');
    expect(code).toBe(1);
    const told = toldDiagnostics(stdout).map(({ code: one, place }) => `${one} ${place}`);
    expect(told.sort()).toEqual([
      'FRS-006 models/sources.yml:18:26',
      'FRS-006 models/sources.yml:4:22',
      'FRS-007 models/sources.yml:10:26',
      'FRS-007 models/sources.yml:14:19',
      'FRS-007 models/sources.yml:15:17',
    ]);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('6 sources: 1 pass, 5 runtime error.');
    const json = readFileSync(join(root, 'out/fresh.json'), 'utf8');
    if (hasSchemas) expectToFit('dbt/sources-v3.json', json);
  });
}

/** The lines about sources, sorted, without the thresholds and with single spaces. */
function linesOf(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .filter((line) => /^(?:pass|warn|error|runtime error) /.test(line))
    .map((line) =>
      line
        .replace(/ {2}(?:(?:, )?(?:warn|error) after \d+ hours)+,?/, ' ')
        .replaceAll(/ +/g, ' ')
        .trim(),
    )
    .sort();
}
