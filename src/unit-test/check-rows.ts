import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { cellProblem } from '../seed/cell-type.ts';
import type { InferredColumn } from './infer-columns.ts';
import type { WrittenRows } from './written-rows.ts';

/** Reports written columns that a relation does not have, and values that do not fit its types; true if there are none. */
export function checkRows(
  written: WrittenRows,
  columns: readonly InferredColumn[],
  /** How messages name the relation: `ref('stg_events')`. */
  relation: string,
  dialect: Dialect,
  report: Report,
): boolean {
  const known = new Map(columns.map((column) => [dialect.fold(column.name), column]));
  let sound = true;
  const refuse: Report = (diagnostic) => {
    sound = false;
    report(diagnostic);
  };
  written.columns.forEach((name, index) => {
    const column = known.get(dialect.fold(name));
    if (column === undefined) {
      const candidates = columns.map((other) => other.name);
      refuse(
        catalogue.unknownFixtureColumn({ column: name, relation, candidates, span: written.spanAt(index) }),
      );
    } else checkCells(written, index, column, dialect, refuse);
  });
  return sound;
}

function checkCells(
  written: WrittenRows,
  index: number,
  { name, type }: InferredColumn,
  dialect: Dialect,
  refuse: Report,
): void {
  written.rows.forEach((row, at) => {
    const value = row[index] ?? null;
    if (value === null) return;
    const problem = valueProblem(value, type, dialect);
    if (problem !== undefined)
      refuse(
        catalogue.unfitFixtureValue({ column: name, type, value, problem, span: written.spanAt(index, at) }),
      );
  });
}

/** Sums of whole numbers are wider than any portable type. */
function valueProblem(value: string, engineType: string, dialect: Dialect): string | undefined {
  if (engineType === 'HUGEINT')
    return /^[+-]?\d+(?:\.0*)?$/.test(value) ? undefined : 'is not a whole number';
  const type = dialect.parseType(engineType);
  return type === undefined ? undefined : cellProblem(value, type);
}
