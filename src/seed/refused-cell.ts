import { z } from 'zod';
import type { Dialect, LoadScope } from '../dialect/dialect.ts';
import { type QueryResult, type Session, WarehouseError } from '../warehouse/warehouse.ts';

/** A cell that the engine says it refused. */
export interface RefusedCell {
  /** The address of the file: `s3://bucket/prefix/orders/part-0000.csv.gz`. */
  readonly file: string;
  /** The line of the file, from 1. */
  readonly line: number;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
}

const scopeRow = z.object({ session: z.coerce.number(), since: z.string() });

const text = z
  .string()
  .nullable()
  .transform((value) => value?.trim() || undefined);

const cellRow = z.object({
  file_name: z.string(),
  line_number: z.coerce.number(),
  column_name: text,
  raw_value: z.string().nullable(),
  reason: text,
});

/** Marks the moment from which on a session's refused cells are wanted; undefined where the engine keeps none. */
export async function readLoadScope(session: Session, dialect: Dialect): Promise<LoadScope | undefined> {
  if (dialect.loadErrors === undefined) return undefined;
  const { rows } = await session.query(dialect.loadErrors.scopeQuery);
  return scopeRow.parse(rows[0]);
}

/** The cells that the engine refused in a scope, each once. */
export async function readRefusedCells(
  session: Session,
  { loadErrors }: Dialect,
  scope: LoadScope | undefined,
): Promise<readonly RefusedCell[]> {
  if (loadErrors === undefined || scope === undefined) return [];
  const { rows } = await firstAnswer(session, loadErrors.queries(scope));
  const cells = z
    .array(cellRow)
    .parse(rows)
    .map((row) => ({
      ...{ file: row.file_name.trim(), line: row.line_number, column: row.column_name },
      ...{ value: row.raw_value?.trimEnd(), reason: row.reason ?? 'was refused' },
    }));
  return [...new Map(cells.map((cell) => [`${cell.file}:${cell.line}`, cell])).values()];
}

/** The answer of the first query that names something which exists, and that knows anything. */
async function firstAnswer(session: Session, queries: readonly string[]): Promise<QueryResult> {
  let answer: QueryResult = { columns: [], rows: [] };
  for (const query of queries) {
    try {
      answer = await session.query(query);
    } catch (error) {
      if (!(error instanceof WarehouseError) || error.kind !== 'statement') throw error;
    }
    if (answer.rows.length > 0) return answer;
  }
  return answer;
}
