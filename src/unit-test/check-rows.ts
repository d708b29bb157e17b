import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
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

/** Reports columns of a fixture that is SQL which a relation does not have; true if there are none. */
export function checkColumns(
  found: readonly InferredColumn[],
  columns: readonly InferredColumn[],
  { relation, span }: { readonly relation: string; readonly span: Span },
  dialect: Dialect,
  report: Report,
): boolean {
  const known = new Set(columns.map(({ name }) => dialect.fold(name)));
  const candidates = columns.map(({ name }) => name);
  const unknown = found.filter(({ name }) => !known.has(dialect.fold(name)));
  for (const { name } of unknown)
    report(catalogue.unknownFixtureColumn({ column: name, relation, candidates, span }));
  return unknown.length === 0;
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
