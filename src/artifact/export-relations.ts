import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { noExports } from '../diagnostic/catalogue/cli.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Relation } from '../dialect/relation.ts';
import type { Session } from '../warehouse/warehouse.ts';

export type ExportFormat = 'parquet' | 'csv' | 'duckdb';

export interface ExportRequest {
  readonly folder: string;
  readonly format: ExportFormat;
  readonly tables: readonly { readonly name: string; readonly relation: Relation }[];
}

/**
 * Writes relations to files: one a table, or one database with all of them. A file is written under another name and renamed,
 * so that a reader finds the former one or the whole new one. Gives the paths of the files; throws a `DiagnosticError` where the
 * engine writes none.
 */
export async function exportRelations(
  session: Session,
  dialect: Dialect,
  { folder, format, tables }: ExportRequest,
): Promise<readonly string[]> {
  if (!dialect.supports.exports) throw new DiagnosticError([noExports({ engine: dialect.name })]);
  mkdirSync(folder, { recursive: true });
  const selects = tables.map(({ name, relation }) => ({
    name,
    select: `select *\nfrom ${dialect.relation(relation)}`,
  }));
  const outputs =
    format === 'duckdb'
      ? [{ file: 'export.duckdb', statements: (path: string) => dialect.exportDatabase(path, selects) }]
      : selects.map(({ name, select }) => ({
          file: `${name}.${format}`,
          statements: (path: string) => [dialect.exportQuery(select, path, format)],
        }));
  const files: string[] = [];
  for (const { file, statements } of outputs) {
    const path = join(folder, file);
    await swapIn(path, async (scratch) => {
      for (const statement of statements(scratch)) await session.execute(statement);
    });
    files.push(path);
  }
  return files;
}

async function swapIn(file: string, write: (scratch: string) => Promise<void>): Promise<void> {
  const scratch = `${file}.${process.pid}.tmp`;
  try {
    await write(scratch);
    renameSync(scratch, file);
  } finally {
    rmSync(scratch, { force: true });
  }
}
