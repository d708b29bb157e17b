import type { Scalar } from '../dialect/dialect.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import type { Colors } from './colors.ts';
import { printableLine } from './printable.ts';
import { cutText, padText, textWidth } from './text-width.ts';

/** The widest a cell gets unless told otherwise, in columns of the terminal. */
const WIDEST_CELL = 40;

/**
 * Rows as an aligned table, numbers to the right, cells wider than `widestCell` cut; without a line feed at the end.
 * A table wider than `width` is folded: its columns stand in several tables below each other.
 * ```
 * activity_date  dau  plan
 * -------------  ---  ----
 * 2025-01-01      12  NULL
 * ```
 */
export function tableText(
  result: QueryResult,
  colors: Colors,
  widestCell: number = WIDEST_CELL,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const columns = result.columns.map((column) => columnText(column.name, result, colors, widestCell));
  return folded(columns, width).map(joinColumns).join('\n\n');
}

/** A column as it is shown: its padded lines, the first its name, the second a rule. */
interface ColumnText {
  readonly width: number;
  readonly lines: readonly string[];
}

function columnText(name: string, result: QueryResult, colors: Colors, widest: number): ColumnText {
  const values = result.rows.map((row) => row[name] ?? null);
  const cells = values.map((value) => cellText(value, widest));
  const title = cutText(printableLine(name), widest);
  const width = [title, ...cells].reduce((most, cell) => Math.max(most, textWidth(cell)), 0);
  const align = isNumeric(name, result) ? 'right' : 'left';
  const body = cells.map((cell, index) => {
    const padded = padText(cell, width, align);
    return values[index] === null ? colors.dim(padded) : padded;
  });
  return {
    width,
    lines: [colors.bold(padText(title, width, align)), colors.dim('-'.repeat(width)), ...body],
  };
}

/** Groups of neighbouring columns that are no wider than `width` together; each begins with the first column. */
function folded(columns: readonly ColumnText[], width: number): readonly (readonly ColumnText[])[] {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  const groups = [[first]];
  let used = first.width;
  for (const column of others) {
    const group = groups.at(-1) ?? [];
    if (group.length > 1 && used + GAP.length + column.width > width) {
      groups.push([first, column]);
      used = first.width + GAP.length + column.width;
    } else {
      group.push(column);
      used += GAP.length + column.width;
    }
  }
  return groups;
}

const GAP = '  ';

function joinColumns(columns: readonly ColumnText[]): string {
  const [first] = columns;
  const lines = first?.lines.map((_, row) =>
    columns
      .map(({ lines }) => lines[row] ?? '')
      .join(GAP)
      .trimEnd(),
  );
  return (lines ?? []).join('\n');
}

function cellText(value: Scalar, widest: number): string {
  return value === null ? 'NULL' : cutText(printableLine(String(value)), widest);
}

const NUMERIC_TYPE = /^(?:u?(?:tiny|small|big|huge)?int(?:eger)?\d*|decimal|numeric|double|float\d?|real)\b/i;

/** Whether a column of a result holds numbers, by its engine's type or by its values. */
export function isNumeric(columnName: string, { columns, rows }: QueryResult): boolean {
  const type = columns.find((column) => column.name === columnName)?.type ?? '';
  if (NUMERIC_TYPE.test(type)) return true;
  const values = rows.map((row) => row[columnName] ?? null).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === 'number' || typeof value === 'bigint');
}
