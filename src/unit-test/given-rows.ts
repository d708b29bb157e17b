import { unknownInputColumns } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { ColumnType } from '../dialect/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { GivenInput } from '../manifest/node.ts';
import { inferType } from '../seed/cell-type.ts';
import { checkColumns, checkRows } from './check-rows.ts';
import { completedColumns, embeddedType } from './declared-columns.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';
import type { InferredColumns } from './infer-columns.ts';
import type { InferredColumn } from './inferred-column.ts';
import { describeSqlRows } from './sql-rows.ts';
import { typedRows } from './typed-rows.ts';
import { typedSqlRows } from './typed-sql-rows.ts';
import { readWrittenRows, type WrittenRows } from './written-rows.ts';

/** What typing rows takes beside them. */
export interface RowTyping extends EmbeddedEngine {
  readonly inferred: InferredColumns;
}

/** The rows of an input as a query with all columns of the relation, typed. Undefined when a mistake was reported. */
export async function givenRows(
  given: GivenInput,
  { inferred, session, dialect }: RowTyping,
  report: Report,
): Promise<string | undefined> {
  const { uniqueId, input, rows, span } = given;
  const engine = { session, dialect };
  const columns = inferred.columns.get(uniqueId);
  const declared = inferred.declared.get(uniqueId) ?? [];
  if (rows.kind === 'sql') {
    const described = await describeSqlRows(rows, session, report);
    if (described === undefined) return undefined;
    const has = columns ?? completedColumns(declared, described.columns, dialect);
    const relation = { relation: input, span: rows.span };
    return checkColumns(described.columns, has, relation, dialect, report)
      ? typedSqlRows(described, has, engine, report)
      : undefined;
  }
  const written = await readWrittenRows(rows, report);
  if (written === undefined) return undefined;
  const isDark = columns === undefined && declared.every(({ type }) => type === undefined);
  if (isDark && written.columns.length === 0) {
    report(unknownInputColumns({ input, because: inferred.unknown.get(uniqueId), span }));
    return undefined;
  }
  const has = columns ?? completedColumns(declared, columnsOfRows(written, dialect), dialect);
  return (await checkRows(written, has, input, engine, report))
    ? typedRows(has, written, dialect)
    : undefined;
}

/** Written columns of the types that fit the values; what stands in quotes is text. */
export function columnsOfRows(written: WrittenRows, dialect: Dialect): readonly InferredColumn[] {
  return written.columns.map((name, index) => {
    const texts = written.rows.flatMap((row) => row[index] ?? []);
    const type: ColumnType = written.quoted.has(index) ? { kind: 'varchar' } : inferType(texts);
    return { name, type: embeddedType(type, dialect) };
  });
}
