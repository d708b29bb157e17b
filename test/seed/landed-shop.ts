import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { FolderLanding } from '../../src/landing/folder-landing.ts';
import type { Landing } from '../../src/landing/landing.ts';
import { type BatchHead, writeBatch } from '../../src/landing/write-batch.ts';
import { type LoadInput, load, type TableOutcome } from '../../src/seed/load.ts';
import { openDuckdb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { openPostgres } from '../../src/warehouse/postgres/postgres-warehouse.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { describePostgres } from '../support/postgres/database.ts';
import { settingsOf } from '../support/postgres/open-database.ts';
import { scratchFolder } from './scratch-project.ts';

export const COLUMNS = [
  { name: 'id', type: 'integer' },
  { name: 'at', type: 'timestamp' },
  { name: 'note', type: 'varchar' },
];

/** A landing zone and a warehouse, with a table `notes` that is partitioned by day. */
export interface LandedShop {
  readonly folder: string;
  readonly landing: Landing;
  readonly warehouse: Warehouse;
  readonly schema: string;
  /** The schema of landed tables. */
  readonly raw: string;
  /** Lands a day's batch; its rows are CSV without a header. */
  land(day: string, rows: readonly string[], columns?: BatchHead['columns']): Promise<unknown>;
  /** Loads what has landed; throws the problems of a table that failed. */
  load(loadId: string, options?: Partial<LoadInput>): Promise<readonly TableOutcome[]>;
  /** What is in the table: `1 text`, sorted. */
  rows(): Promise<readonly string[]>;
}

/** Tests of loading: they run on DuckDB, and on PostgreSQL where this machine has one. */
export function describeLoads(title: string, body: (openShop: () => Promise<LandedShop>) => void): void {
  describe(`${title} on DuckDB`, () => {
    body(async () => shopOn(await openDuckdb(join(scratchFolder(), 'shop.duckdb')), 'analytics'));
  });
  describePostgres(`${title} on PostgreSQL`, (database) => {
    let shops = 0;
    body(async () => {
      shops++;
      return shopOn(await openPostgres(settingsOf(database.url), { threads: 2 }), `analytics_${shops}`);
    });
  });
}

function shopOn(warehouse: Warehouse, schema: string): LandedShop {
  onTestFinished(() => warehouse.close());
  const folder = scratchFolder();
  const landing = new FolderLanding(folder);
  const raw = `${schema}__raw`;
  return {
    ...{ folder, landing, warehouse, schema, raw },
    land: (value, rows, columns = COLUMNS) => {
      const head: BatchHead = {
        table: 'notes',
        columns,
        partition: { column: 'load_date', value, date_of: 'at' },
      };
      const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
      return writeBatch(landing, head, [{ bytes, rows: rows.length }]);
    },
    load: async (loadId, options = {}) => {
      const outcomes = await load({ landing, warehouse, schema, loadId, ...options });
      for (const outcome of outcomes) {
        if (outcome.kind === 'failed') throw new DiagnosticError(outcome.problems);
      }
      return outcomes;
    },
    rows: async () => {
      const session = await warehouse.open();
      try {
        const { rows } = await session.query(`select id, note from ${raw}.notes`).catch(() => ({ rows: [] }));
        return rows.map((row) => `${row['id']} ${row['note']}`).sort();
      } finally {
        await session.close();
      }
    },
  };
}
