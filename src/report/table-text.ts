import type { Scalar } from '../dialect/dialect.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import type { Colors } from './colors.ts';
import { printableLine } from './printable.ts';
import { cutText, padText, textWidth } from './text-width.ts';

/** The widest a cell gets unless told otherwise, in columns of the terminal. */
const WIDEST_CELL = 40;

/**
 * Rows as an aligned table, numbers to the right, wide values cut; without a line feed at the end:
 * ```
 * activity_date  dau  plan
 * -------------  ---  ----
 * 2025-01-01      12  NULL
 * ```
 */
export function tableText(result: QueryResult, colors: Colors, widestCell: number = WIDEST_CELL): string {
  const columns = result.columns.map((column) => {
    const cells = result.rows.map((row) => cellText(row[column.name] ?? null, widestCell));
    const name = cutText(printableLine(column.name), widestCell);
    const width = Math.max(textWidth(name), ...cells.map(textWidth));
    return {
      ...column,
      name,
      cells,
      width,
      align: isNumeric(column.name, result) ? 'right' : 'left',
    } as const;
  });
  const joined = (cells: readonly string[]) => cells.join('  ').trimEnd();
  const head = joined(columns.map(({ name, width, align }) => colors.bold(padText(name, width, align))));
  const rule = colors.dim(joined(columns.map(({ width }) => '-'.repeat(width))));
  const body = result.rows.map((row, index) =>
    joined(
      columns.map(({ cells, width, align }, at) => {
        const text = padText(cells[index] ?? '', width, align);
        return row[result.columns[at]?.name ?? ''] === null ? colors.dim(text) : text;
      }),
    ),
  );
  return [head, rule, ...body].join('\n');
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
