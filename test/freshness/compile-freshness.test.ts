import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCompilation } from '../../src/compile/compilation.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { postgresDialect } from '../../src/dialect/postgres/postgres-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import { compileFreshness } from '../../src/freshness/compile-freshness.ts';
import { bindRelations } from '../../src/template/relation-marker.ts';
import { oneLine, PROJECT_YML, parse } from '../support/scratch-project.ts';

/** The query of the source `crm.people` with these properties, and the mistakes. */
async function compiled(properties: string, dialect: Dialect = duckdbDialect, asOf?: string) {
  const asOfDate = asOf === undefined ? '' : `, as_of_date: "${asOf}"`;
  const { manifest } = await parse({
    'project.yml': `${PROJECT_YML}vars: { day: "2025-12-31"${asOfDate} }\n`,
    'models/sources.yml': `sources:
  - name: crm
    tables:
      - name: people
        freshness: { error_after: { count: 1, period: day } }
${properties}`,
  });
  const found: Diagnostic[] = [];
  const compilation = startCompilation(manifest, dialect, (diagnostic) => found.push(diagnostic));
  const [source] = compileFreshness(compilation, new Set(manifest.nodes.keys()));
  const sql = source?.query && bindRelations(source.query.sql, () => 'crm.people');
  return { sql, diagnostics: found.map(oneLine) };
}

const filtered = (filter: string) => `        loaded_at_field: loaded_at
        config:
          freshness:
            filter: ${JSON.stringify(filter)}
`;

describe('The query for freshness', () => {
  it.each([
    duckdbDialect,
    postgresDialect,
    redshiftDialect,
  ])('is what a person would type for $name', async (dialect) => {
    expect(await compiled(filtered('day >= cast(\'{{var "day"}}\' as date)'), dialect)).toEqual({
      sql: `select max(loaded_at) as max_loaded_at
from crm.people
where day >= cast('2025-12-31' as date)`,
      diagnostics: [],
    });
  });

  it('looks at rows until the end of as_of_date, or its instant, and at the newest of all', async () => {
    const sqlOf = async (field: string, asOf: string) =>
      (await compiled(`        loaded_at_field: ${field}\n`, duckdbDialect, asOf)).sql;
    expect(await sqlOf('loaded_at', '2025-12-31')).toBe(`\
select
  max(case when loaded_at < '2026-01-01' then loaded_at end) as max_loaded_at,
  max(loaded_at) as newest
from crm.people`);
    expect(await sqlOf('day + 1', '2025-12-31 06:00')).toContain(
      "max(case when (day + 1) <= '2025-12-31 06:00:00.000' then day + 1 end) as max_loaded_at",
    );
    expect(
      await compiled("        loaded_at_query: 'select max(x) from {{self}}'\n", duckdbDialect, '2025-12-31'),
    ).toEqual({ sql: 'select max(x) from crm.people', diagnostics: [] });
  });

  it("takes a column, a quoted one, an expression, or a query of one's own", async () => {
    const sqlOf = async (properties: string) => (await compiled(`        ${properties}\n`)).sql;
    const max = (column: string) => `select max(${column}) as max_loaded_at\nfrom crm.people`;
    expect(await sqlOf('loaded_at_field: Loaded_At')).toBe(max('loaded_at'));
    expect(await sqlOf('loaded_at_field: \'"Loaded At"\'')).toBe(max('"Loaded At"'));
    expect(await sqlOf('loaded_at_field: "day + 1 -- the end of it"')).toBe(max('day + 1'));
    expect(await sqlOf('loaded_at_field: cast(day as timestamp)')).toBe(max('cast(day as timestamp)'));
    expect(await sqlOf("loaded_at_query: 'select max(x) from {{self}} where y > 1'")).toBe(
      'select max(x) from crm.people where y > 1',
    );
  });

  it.each([
    ['two statements', filtered('1 = 1; drop table x'), 'CMP-002 models/sources.yml:9:21'],
    ['an open parenthesis', filtered('(a > 1'), 'CMP-010 models/sources.yml:9:21'],
    ['a table without source', filtered('a in (select a from other)'), 'CMP-005 models/sources.yml:9:21'],
    ['an unknown var', filtered('a > {{var "dya"}}'), 'TPL-070 models/sources.yml:9:21'],
    ['no query', '        loaded_at_query: delete from x\n', 'CMP-003 models/sources.yml:6:26'],
  ])('with %s is refused at its line, before anything is sent', async (_, properties, expected) => {
    const { sql, diagnostics } = await compiled(properties);
    expect(sql).toBeUndefined();
    expect(diagnostics.map((line) => line.slice(0, expected.length))).toEqual([expected]);
  });
});

it('check-freshness.md declares what can be compiled', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/check-freshness.md'), 'utf8');
  const [, yml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const { manifest, diagnostics } = await parse({
    'project.yml': `${PROJECT_YML}vars: { as_of_date: "2025-12-31" }\n`,
    'models/sources.yml': yml,
  });
  const found = [...diagnostics];
  const compilation = startCompilation(manifest, duckdbDialect, (diagnostic) => found.push(diagnostic));
  const sources = compileFreshness(compilation, new Set(manifest.nodes.keys()));
  expect(found.map(oneLine)).toEqual([]);
  expect(sources.map(({ node }) => node.name)).toEqual(['people', 'invoices', 'visits']);
});
