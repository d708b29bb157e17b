import type { Dialect, Scalar } from '../../dialect/dialect.ts';
import type { QueryResult, Row } from '../../warehouse/warehouse.ts';

/** How much of a row has to come out again: all of it, or what kind of row it is. NULL is always NULL. */
export type Likeness =
  /** All values are the same. */
  | 'same'
  /** Texts, dates and truth values are the same; a number is zero, positive or negative as the other one is. */
  | 'alike'
  /** Texts, dates and truth values may be others, too, but for those of the condition. */
  | 'akin';

/** What rows are compared by. */
export interface Comparison {
  readonly dialect: Dialect;
  /** Columns, in lower case, that are the same in any case: those of the condition. */
  readonly exact: ReadonlySet<string>;
  /** Columns, in lower case, whose values are masked: only NULL is told from other values there. */
  readonly masked: ReadonlySet<string>;
}

/** Whether each of some rows is among those that were made. */
export function containsRows(
  made: QueryResult,
  wanted: readonly Row[],
  likeness: Likeness,
  comparison: Comparison,
): boolean {
  const left = new Set(made.rows);
  const columns = made.columns.map(({ name, type }) => ({
    name,
    equal: equality(name, type, likeness, comparison),
  }));
  return wanted.every((row) => {
    const folded = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
    const found = [...left].find((other) =>
      columns.every(({ name, equal }) => equal(folded.get(name.toLowerCase()) ?? null, other[name] ?? null)),
    );
    return found !== undefined && left.delete(found);
  });
}

type Equality = (one: Scalar, other: Scalar) => boolean;

function equality(
  name: string,
  type: string,
  likeness: Likeness,
  { dialect, exact, masked }: Comparison,
): Equality {
  const column = name.toLowerCase();
  const isNumber = NUMBERS.has(dialect.parseType(type)?.kind ?? '') || type === 'HUGEINT';
  const textOf = isNumber ? numberText : String;
  const isSame: Equality = (one, other) => textOf(one) === textOf(other);
  const isOfSign: Equality = (one, other) => Math.sign(Number(one)) === Math.sign(Number(other));
  const isAny: Equality = () => true;
  const known = () => {
    if (masked.has(column)) return isAny;
    if (exact.has(column) || likeness === 'same') return isSame;
    if (isNumber) return isOfSign;
    return likeness === 'alike' ? isSame : isAny;
  };
  const equal = known();
  return (one, other) => (one === null || other === null ? one === other : equal(one, other));
}

const NUMBERS: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'numeric', 'double']);

/** Engines write the same number with more zeros or fewer. */
function numberText(value: Scalar): string {
  return String(Number(Number(value).toPrecision(12)));
}
