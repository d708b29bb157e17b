import { countText } from '../diagnostic/counted.ts';
import type { Scalar } from '../dialect/dialect.ts';
import type { Difference, DifferentRow } from '../unit-test/difference.ts';
import type { Colors } from './colors.ts';
import { printableLine } from './printable.ts';
import { cutText, padText, textWidth } from './text-width.ts';

const MOST_ROWS = 20;
const WIDEST_VALUE = 40;
const GAP = '  ';

/**
 * The rows in which a unit test got something else than it expected, as an aligned table; a changed cell shows both values:
 * ```
 *             day         users
 *             ----------  -----
 * missing     2025-01-01  2
 * unexpected  2025-01-02  NULL
 * changed     2025-01-03  2 → 3
 * ```
 */
export function differenceText({ columns, rows }: Difference, colors: Colors): string {
  const shown = rows.slice(0, MOST_ROWS);
  const cells = shown.map((row) => [row.kind, ...columns.map((column) => cellText(row, column))]);
  const titles = ['', ...columns.map((column) => cutText(printableLine(column), WIDEST_VALUE))];
  const widths = titles.map((title, index) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), textWidth(title)),
  );
  const padded = (texts: readonly string[]) => texts.map((text, index) => padText(text, widths[index] ?? 0));
  const rule = widths.map((width, index) => (index === 0 ? ' '.repeat(width) : '-'.repeat(width)));
  const body = cells.map((texts, at) => {
    const row = shown[at];
    return row === undefined ? '' : paintedRow(padded(texts), row, columns, colors);
  });
  const more = rows.length - shown.length;
  return [
    padded(titles)
      .map((title) => colors.bold(title))
      .join(GAP)
      .trimEnd(),
    colors.dim(rule.join(GAP)),
    ...body,
    ...(more > 0 ? [colors.dim(`and ${countText(more)} more`)] : []),
  ].join('\n');
}

function cellText(row: DifferentRow, column: string): string {
  switch (row.kind) {
    case 'missing':
      return valueText(row.expected[column]);
    case 'unexpected':
      return valueText(row.actual[column]);
    case 'changed': {
      const expected = valueText(row.expected[column]);
      return row.columns.includes(column) ? `${expected} → ${valueText(row.actual[column])}` : expected;
    }
  }
}

function valueText(value: Scalar | undefined): string {
  return value === null || value === undefined ? 'NULL' : cutText(printableLine(String(value)), WIDEST_VALUE);
}

/** A missing row is red and an unexpected one green, as in a patch; of a changed row only the cells that changed are painted. */
function paintedRow(
  [kind = '', ...cells]: readonly string[],
  row: DifferentRow,
  columns: readonly string[],
  colors: Colors,
): string {
  switch (row.kind) {
    case 'missing':
      return colors.red([kind, ...cells].join(GAP).trimEnd());
    case 'unexpected':
      return colors.green([kind, ...cells].join(GAP).trimEnd());
    case 'changed': {
      const painted = cells.map((cell, index) =>
        row.columns.includes(columns[index] ?? '') ? colors.yellow(cell) : cell,
      );
      return [colors.yellow(kind), ...painted].join(GAP).trimEnd();
    }
  }
}
