import {
  PUBLISHED,
  type PublishedRelation,
  type PublishedRows,
  RELATION_NAMES,
} from './published-columns.ts';
import { cell, type TextRow } from './text-row.ts';

/** A cell in which two relations differ, or a whole row that only one of them has. */
export interface Difference {
  readonly key: readonly (string | null)[];
  readonly kind: 'missing' | 'unexpected' | 'changed';
  /** '' for a whole row. */
  readonly column: string;
  readonly expected: string;
  readonly actual: string;
}

/** Of each kind and column. */
const SHOWN = 8;

/** All differences of all relations as text; '' where there are none. */
export function differencesText(expected: PublishedRows, actual: PublishedRows): string {
  return RELATION_NAMES.map((name) => {
    const differences = compare(PUBLISHED[name], expected[name], actual[name]);
    return differences.length === 0 ? '' : relationText(name, PUBLISHED[name].key, differences);
  }).join('');
}

/** Compares two relations row by row and cell by cell, both ways. */
export function compare(
  { key, columns }: PublishedRelation,
  expected: readonly TextRow[],
  actual: readonly TextRow[],
): readonly Difference[] {
  const keyText = (row: TextRow) => JSON.stringify(key.map((column) => cell(row, column)));
  const remaining = new Map<string, TextRow[]>();
  for (const row of actual) {
    const text = keyText(row);
    remaining.set(text, [...(remaining.get(text) ?? []), row]);
  }

  const wholeRow = (kind: 'missing' | 'unexpected', row: TextRow): Difference => {
    const text = JSON.stringify(row);
    const sides = kind === 'missing' ? { expected: text, actual: '' } : { expected: '', actual: text };
    return { key: key.map((column) => cell(row, column)), kind, column: '', ...sides };
  };
  const differences = expected.flatMap((row): readonly Difference[] => {
    const found = remaining.get(keyText(row))?.shift();
    if (found === undefined) return [wholeRow('missing', row)];
    return changedCells(key, Object.keys(columns), row, found);
  });
  const unexpected = [...remaining.values()].flat().map((row) => wholeRow('unexpected', row));
  return [...differences, ...unexpected];
}

function changedCells(
  key: readonly string[],
  columns: readonly string[],
  expected: TextRow,
  actual: TextRow,
): readonly Difference[] {
  return columns
    .filter((column) => cell(expected, column) !== cell(actual, column))
    .map((column) => ({
      key: key.map((part) => cell(expected, part)),
      kind: 'changed',
      column,
      expected: cell(expected, column) ?? 'NULL',
      actual: cell(actual, column) ?? 'NULL',
    }));
}

function relationText(name: string, key: readonly string[], differences: readonly Difference[]): string {
  const count = (kind: Difference['kind']) => differences.filter((each) => each.kind === kind).length;
  const title = `${name}: ${count('missing')} rows missing, ${count('unexpected')} unexpected, ${count('changed')} cells changed`;
  const shown = firstOfEach(differences);
  const lines = shown.map(({ kind, key, column, expected, actual }) => [
    kind,
    ...key.map((part) => part ?? 'NULL'),
    column,
    expected,
    actual,
  ]);
  const table = aligned([['', ...key, 'column', 'expected', 'actual'], ...lines]);
  const more = differences.length - shown.length;
  return `${[title, ...table, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n')}\n\n`;
}

/** Not one mistake many times, but some of each. */
function firstOfEach(differences: readonly Difference[]): readonly Difference[] {
  const seen = new Map<string, number>();
  return differences.filter(({ kind, column }) => {
    const before = seen.get(`${kind} ${column}`) ?? 0;
    seen.set(`${kind} ${column}`, before + 1);
    return before < SHOWN;
  });
}

function aligned(lines: readonly (readonly string[])[]): readonly string[] {
  const [head = []] = lines;
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    `  ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
