import { unknownInputColumns } from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { GivenInput } from '../manifest/node.ts';
import { inferType } from '../seed/cell-type.ts';
import { checkColumns, checkRows } from './check-rows.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';
import type { InferredColumn, InferredColumns } from './infer-columns.ts';
import { describeSqlRows, typedSqlRows } from './sql-rows.ts';
import { typedRows } from './typed-rows.ts';
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
  if (rows.kind === 'sql') {
    const described = await describeSqlRows(rows, session, report);
    if (described === undefined) return undefined;
    const has = columns ?? described.columns;
    const relation = { relation: input, span: rows.span };
    return checkColumns(described.columns, has, relation, dialect, report)
      ? typedSqlRows(described, has, engine, report)
      : undefined;
  }
  const written = await readWrittenRows(rows, report);
  if (written === undefined) return undefined;
  if (columns === undefined && written.columns.length === 0) {
    report(unknownInputColumns({ input, because: inferred.unknown.get(uniqueId), span }));
    return undefined;
  }
  if (columns === undefined) return typedRows(columnsOfRows(written, dialect), written, dialect);
  return (await checkRows(written, columns, input, engine, report))
    ? typedRows(columns, written, dialect)
    : undefined;
}

/** Where nobody knows the columns of a relation, it has those that are written, of the types that fit the values. */
export function columnsOfRows(written: WrittenRows, dialect: Dialect): readonly InferredColumn[] {
  return written.columns.map((name, index) => {
    const texts = written.rows.flatMap((row) => row[index] ?? []);
    return { name, type: dialect.type(inferType(texts)) };
  });
}
