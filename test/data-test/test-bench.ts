import { expect } from 'vitest';
import { bindCompiled } from '../../src/compile/bound-sql.ts';
import { compileDataTest } from '../../src/data-test/compile-data-test.ts';
import { countQuery, sampleQuery } from '../../src/data-test/test-statement.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import type { TestConfig } from '../../src/manifest/config.ts';
import type { YamlValue } from '../../src/project/project.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { fixtureCompilation, genericTestNode } from '../compile/fixture-manifest.ts';
import type { TestEngine } from '../support/engines.ts';

/** A generic test as it is declared on the model `tested`. */
export interface Declared {
  readonly column?: string;
  readonly arguments?: Readonly<Record<string, YamlValue>>;
  readonly config?: Partial<TestConfig>;
}

/** The models beside the tested one, each of one row unless a test says more. */
const OTHERS = ['other', 'third'] as const;

/** The rows that a test looks at, as queries. */
export interface TestedRows {
  readonly tested: string;
  readonly other?: string;
  readonly third?: string;
}

/** The SQL of a test on the model `tested`, with published names. */
export function sqlOf(
  dialect: Dialect,
  name: string,
  declared: Declared,
  nameOf: (model: string) => string = (model) => `analytics.${model}`,
): string {
  const node = genericTestNode(name, declared);
  const { compilation, diagnostics } = fixtureCompilation({
    dialect,
    models: { tested: 'select 1', other: 'select 1', third: 'select 1' },
    tests: [node],
    variables: { as_of_date: '2025-12-31', limit: 3 },
  });
  const compiled = compileDataTest(compilation, node);
  expect(diagnostics).toEqual([]);
  if (compiled === undefined) throw new Error('not compiled');
  return bindCompiled(compiled, (uniqueId) => nameOf(uniqueId.split('.').at(-1) ?? '')).sql;
}

/** Runs a test in the schema `analytics`: the failing rows, at most ten of them; their count must agree. */
export async function failuresOf(
  { session, dialect }: TestEngine,
  name: string,
  declared: Declared,
  rows: TestedRows,
): Promise<readonly Record<string, unknown>[]> {
  for (const model of ['tested', ...OTHERS] as const) {
    await session.execute(`drop table if exists analytics.${model}`);
    await session.execute(`create table analytics.${model} as ${rows[model] ?? 'select 1 as id'}`);
  }
  const nameOf = (model: string) => dialect.relation({ schema: 'analytics', name: model });
  const sql = sqlOf(dialect, name, declared, nameOf);
  const counted = await session.query(countQuery(sql).sql);
  const sample = await session.query(sampleQuery(sql, 10).sql);
  expect(Number(counted.rows[0]?.['failures'])).toBe(sample.rows.length);
  return sample.rows.map(plain);
}

function plain(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}

/** A query for rows of literals, on every engine: `rows('id name', ['1', "'ada'"])`. */
export function rows(columns: string, ...values: readonly (readonly string[])[]): string {
  const names = columns.split(' ');
  const selected = (row: readonly string[]) => row.map((value, at) => `${value} as ${names[at]}`).join(', ');
  return values.map((row) => `select ${selected(row)}`).join(' union all ');
}

/** One column of literals. */
export function column(name: string, ...values: readonly string[]): string {
  return rows(name, ...values.map((value) => [value]));
}
