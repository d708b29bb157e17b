import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { model } from '../support/program.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

export const PROJECT_YML = `name: shop
vars:
  day: "2025-01-31"
targets:
  dev: { adapter: duckdb, path: dev.duckdb, schema: analytics }
`;

/** A small project: a static seed, a table over it, a view over that, an ephemeral model, and a test. */
export const SHOP: Files = {
  'project.yml': PROJECT_YML,
  'models/sales.sql': '{{config materialized="table"}}\nselect * from {{ref "orders"}}\n',
  'models/large.sql': '{{config materialized="ephemeral"}}\nselect * from {{ref "sales"}} where amount > 1\n',
  'models/totals.sql': 'select sum(amount) as amount from {{ref "large"}}\n',
  'models/shop.yml': `models:
  - name: sales
    columns:
      - name: order_id
        tests: [unique]
`,
  'seeds/orders.csv': 'order_id,amount,day\n1,10.5,2025-01-01\n2,3,2025-01-02\n',
};

/** What the shop shows to people once it is built. */
export const SHOWN = {
  orders: [
    [1n, '10.5', '2025-01-01'],
    [2n, '3.0', '2025-01-02'],
  ],
  sales: [
    [1n, '10.5', '2025-01-01'],
    [2n, '3.0', '2025-01-02'],
  ],
  totals: [['13.5']],
};

/** Builds the shop once for a test file; gives a function that makes copies of it, with some files changed, for tests to spoil. */
export function useBuiltShop(): (files?: Files) => string {
  let built = '';
  beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), 'model-shop-'));
    writeFiles(built, SHOP);
    expect(await model('build', { cwd: built })).toMatchObject({ code: 0 });
  });
  afterAll(() => rmSync(built, { recursive: true }));
  return (files = {}) => {
    const copy = scratchFolder();
    cpSync(built, copy, { recursive: true });
    writeFiles(copy, files);
    return copy;
  };
}

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'model-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** The rows of every relation that people can read, by name. */
export async function shownRows(root: string, schema = 'analytics') {
  const warehouse = await openDuckdb(join(root, 'dev.duckdb'));
  try {
    const session = await warehouse.open();
    const { rows: relations } = await session.query(
      'select table_name from information_schema.tables where table_schema = ? order by 1',
      [schema],
    );
    const shown: Record<string, unknown[][]> = {};
    for (const { table_name: name } of relations) {
      const { rows } = await session.query(`select * from "${schema}"."${String(name)}" order by all`);
      shown[String(name)] = rows.map((row) => Object.values(row));
    }
    return shown;
  } finally {
    await warehouse.close();
  }
}
