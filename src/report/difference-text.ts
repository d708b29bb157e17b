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
    case 'changed':
      return row.columns.includes(column)
        ? changeText(row.expected[column], row.actual[column])
        : valueText(row.expected[column]);
  }
}

function valueText(value: Scalar | undefined): string {
  return cutText(wholeText(value), WIDEST_VALUE);
}

/** Both values; of long ones that begin alike, what stands from shortly before the first difference. */
function changeText(expected: Scalar | undefined, actual: Scalar | undefined): string {
  const texts = [wholeText(expected), wholeText(actual)].map((text) => [...text]);
  const [one = [], other = []] = texts;
  const same = one.findIndex((character, index) => character !== other[index]);
  const alike = same < 0 ? one.length : same;
  const from = alike > WIDEST_VALUE / 2 && texts.some(({ length }) => length > WIDEST_VALUE) ? alike - 10 : 0;
  return texts
    .map((text) => cutText((from > 0 ? '…' : '') + text.slice(from).join(''), WIDEST_VALUE))
    .join(' → ');
}

/** Text is quoted where it would not be seen, or be taken for NULL. */
function wholeText(value: Scalar | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  const text = printableLine(String(value));
  return text === 'NULL' || text.trim() !== text || text === '' ? `'${text}'` : text;
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
