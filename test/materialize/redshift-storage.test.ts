import { describe, expect, test } from 'vitest';
import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import { redshiftDialect } from '../../src/dialect/redshift/redshift-dialect.ts';
import type { NodeConfig } from '../../src/manifest/config.ts';
import { nodeConfig } from '../../src/manifest/config-precedence.ts';
import type { VersionStatement } from '../../src/materialize/materialization.ts';
import { table } from '../../src/materialize/table.ts';
import { view } from '../../src/materialize/view.ts';
import type { PublicationEntry } from '../../src/store/publication.ts';
import { stepStatements } from '../../src/store/published-relation.ts';
import { copyStatements } from '../../src/store/table-copy.ts';

const select = 'select 1 as id, 2.50 as amount';
const version = { schema: 'analytics__store', name: 'daily__3fa9c1d2e4b7' };
const columns = [
  { name: 'id', type: { kind: 'bigint' } },
  { name: 'amount', type: { kind: 'numeric', precision: 18, scale: 2 } },
] as const;

function config(change: Partial<NodeConfig>): NodeConfig {
  return { ...nodeConfig({}, 'model'), ...change };
}

function texts(statements: readonly VersionStatement[]): readonly string[] {
  for (const { sql, selectAt } of statements)
    if (selectAt !== undefined) expect(sql.slice(selectAt, selectAt + select.length)).toBe(select);
  return statements.map(({ sql }) => sql);
}

describe('encodings', () => {
  const storage = { sort: ['id'], dist: 'id', encode: { amount: 'az64' } };
  const input = { version, select, config: config({ materialized: 'table', storage }), columns };

  test('make a typed table and then its rows', () => {
    const statements = table.create({ ...input, dialect: redshiftDialect });
    expect(statements.map(({ selectAt }) => selectAt !== undefined)).toEqual([false, true]);
    expect(texts(statements)).toEqual([
      `create table analytics__store.daily__3fa9c1d2e4b7 (
  id bigint,
  amount numeric(18, 2) encode az64
)
diststyle key
distkey (id)
sortkey (id)`,
      `insert into analytics__store.daily__3fa9c1d2e4b7 (id, amount)
select id, amount
from (
${select}
) as query`,
    ]);
  });

  test('are left out where the engine has none', () => {
    expect(texts(table.create({ ...input, dialect: duckdbDialect }))).toEqual([
      `create table analytics__store.daily__3fa9c1d2e4b7 as\n${select}`,
    ]);
  });

  test('are those of the published copy, too', () => {
    const [created, filled, comment] = copyStatements(redshiftDialect, {
      relation: { schema: 'analytics', name: 'daily' },
      version,
      columns: columns.map(({ name, type }) => ({
        name,
        type: redshiftDialect.type(type),
        description: '',
      })),
      storage,
    });
    expect(created).toMatch(
      /^create table analytics\.daily__[0-9a-f]{8}__next \(\n {2}id bigint,\n {2}amount numeric\(18, 2\) encode az64\n\)/,
    );
    expect(filled).toMatch(/^insert into analytics\.daily__[0-9a-f]{8}__next \(id, amount\)/);
    expect(comment).toMatch(/^comment on table analytics\.daily__[0-9a-f]{8}__next/);
  });
});

describe('a view that is not bound', () => {
  const late = config({ materialized: 'view', bind: false });

  test('is bound late on Redshift, and as others elsewhere', () => {
    const input = { version, select, config: late, columns: [] };
    expect(texts(view.create({ ...input, dialect: redshiftDialect }))).toEqual([
      `create view analytics__store.daily__3fa9c1d2e4b7 as\n${select}\nwith no schema binding`,
    ]);
    expect(texts(view.create({ ...input, dialect: duckdbDialect }))).toEqual([
      `create view analytics__store.daily__3fa9c1d2e4b7 as\n${select}`,
    ]);
  });

  const entry: PublicationEntry = {
    uniqueId: 'model.shop.daily',
    relation: { schema: 'analytics', name: 'daily' },
    version,
    key: 'key',
    publish: 'view',
    columns: [{ name: 'id', type: 'bigint', description: 'Which.' }],
    description: 'By day.',
    grants: [],
    storage: { sort: [], lateBinding: true },
    retiredAt: null,
  };
  const found = { kind: 'view', relation: entry.relation, comment: null, definition: '' } as const;
  const catalog = { relations: [found], find: () => found };
  const granted = () => [];
  const step = { id: 'analytics.daily', after: entry, adopt: false };

  test('is published as one, without comments', () => {
    const added = { ...step, before: undefined, change: 'added' } as const;
    const none = { relations: [], find: () => undefined };
    expect(stepStatements(redshiftDialect, added, { catalog: none, granted }).statements).toEqual([
      `create or replace view analytics.daily as
select
  cast(id as bigint) as id
from analytics__store.daily__3fa9c1d2e4b7
with no schema binding`,
    ]);
  });

  test('takes the place of a bound one by drop and create', () => {
    const before = { ...entry, storage: { sort: [] } };
    const changed = { ...step, before, change: 'changed' } as const;
    const { statements } = stepStatements(redshiftDialect, changed, { catalog, granted });
    expect(statements[0]).toBe('drop view if exists analytics.daily');
    expect(statements[1]).toContain('with no schema binding');
  });
});
