import type { Scalar } from '../dialect/dialect.ts';

/** A row by column. */
export type ComparedRow = Readonly<Record<string, Scalar>>;

/** How a row differs: expected and not made, made and not expected, or made with other values in some columns. */
export type DifferentRow =
  | { readonly kind: 'missing'; readonly expected: ComparedRow }
  | { readonly kind: 'unexpected'; readonly actual: ComparedRow }
  | {
      readonly kind: 'changed';
      readonly expected: ComparedRow;
      readonly actual: ComparedRow;
      /** The columns whose values differ. */
      readonly columns: readonly string[];
    };

/** What a unit test expected and got, where that is not the same. */
export interface Difference {
  /** The compared columns, in the order in which they are expected. */
  readonly columns: readonly string[];
  /** How many rows are as expected. */
  readonly matched: number;
  readonly rows: readonly DifferentRow[];
}

/** More pairs of rows than this are not searched for the nearest. */
const MOST_PAIRS = 100_000;

/**
 * Compares rows as sets in which a row may stand several times: their order does not count, NULL is NULL, and numbers are compared by
 * value. A row that was not made is shown beside the nearest that was, if at least half of its cells agree. Undefined: no difference.
 */
export function differenceOf(
  columns: readonly string[],
  expected: readonly ComparedRow[],
  actual: readonly ComparedRow[],
): Difference | undefined {
  const left = new Map<string, ComparedRow[]>();
  for (const row of actual) pushTo(left, keyOf(row, columns), only(columns, row));
  const missing = expected.filter((row) => left.get(keyOf(row, columns))?.pop() === undefined);
  const surplus = [...left.values()].flat();
  if (missing.length === 0 && surplus.length === 0) return undefined;
  return { columns, matched: expected.length - missing.length, rows: pairedRows(columns, missing, surplus) };
}

/** A row without the columns that are not compared. */
function only(columns: readonly string[], row: ComparedRow): ComparedRow {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

/** Nearest rows first; among equally near ones the order of the expected rows decides. */
function pairedRows(
  columns: readonly string[],
  missing: readonly ComparedRow[],
  surplus: readonly ComparedRow[],
): readonly DifferentRow[] {
  const partners = new Map<ComparedRow, ComparedRow>();
  const taken = new Set<ComparedRow>();
  for (const { expected, actual } of nearestPairs(columns, missing, surplus)) {
    if (partners.has(expected) || taken.has(actual)) continue;
    partners.set(expected, actual);
    taken.add(actual);
  }
  const ofExpected = missing.map((expected): DifferentRow => {
    const actual = partners.get(expected);
    if (actual === undefined) return { kind: 'missing', expected };
    return { kind: 'changed', expected, actual, columns: changedColumns(columns, expected, actual) };
  });
  const others = surplus.filter((row) => !taken.has(row));
  return [...ofExpected, ...others.map((actual): DifferentRow => ({ kind: 'unexpected', actual }))];
}

function nearestPairs(
  columns: readonly string[],
  missing: readonly ComparedRow[],
  surplus: readonly ComparedRow[],
) {
  if (missing.length * surplus.length > MOST_PAIRS) return [];
  const pairs = missing.flatMap((expected) =>
    surplus.map((actual) => ({
      expected,
      actual,
      changes: changedColumns(columns, expected, actual).length,
    })),
  );
  const near = pairs.filter(({ changes }) => changes * 2 <= columns.length && changes < columns.length);
  return near.sort((one, other) => one.changes - other.changes);
}

function changedColumns(columns: readonly string[], one: ComparedRow, other: ComparedRow): readonly string[] {
  return columns.filter((column) => comparable(one[column]) !== comparable(other[column]));
}

function keyOf(row: ComparedRow, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => comparable(row[column])));
}

const DIGITS_OF_DOUBLES = 12;

/** A value as it is compared: both sides have one type, whose texts are exact but for doubles. */
function comparable(value: Scalar | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? String(Number(value.toPrecision(DIGITS_OF_DOUBLES))) : String(value);
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
