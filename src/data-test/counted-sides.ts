import type { Dialect } from '../dialect/dialect.ts';
import { columnExpression } from './column-name.ts';
import type { GroupColumns } from './group-columns.ts';
import { groupBy, indented, lines, selectItems } from './layout.ts';

/** One relation of several whose rows are counted: its name in the result, and how it reads. */
export interface CountedSide {
  /** `tested` is counted in the column `tested_rows`. */
  readonly name: string;
  /** As it stands behind `from`. */
  readonly from: string;
  readonly groups: Pick<GroupColumns, 'expressions' | 'items'>;
  /** What is counted; rows. */
  readonly count?: string;
  /** Which of its rows. */
  readonly where?: string;
}

/**
 * The counts of several relations side by side, a row for each group of `keys`; a relation without a group counts 0 there.
 * `having` compares sums: `sum(tested_rows) <> sum(compared_rows)`.
 */
export function countedSides(keys: readonly string[], sides: readonly CountedSide[], having: string): string {
  const names = sides.map(({ name }) => `${name}_rows`);
  return lines(
    'select',
    selectItems([...keys, ...names.map((name) => `sum(${name}) as ${name}`)]),
    'from (',
    sides.map((side) => indentedSide(side, names)).join('\n  union all\n'),
    ') as sides',
    groupBy(keys),
    `having ${having}`,
  );
}

function indentedSide(
  { name, from, groups, count = 'count(*)', where }: CountedSide,
  names: readonly string[],
) {
  const counts = names.map((one) => `${one === `${name}_rows` ? count : '0'} as ${one}`);
  return lines(
    '  select',
    indented(selectItems([...groups.items, ...counts])),
    `  from ${from}`,
    where === undefined ? '' : `  where ${where}`,
    groupBy(groups.expressions, '  '),
  );
}

/** One column or expression under the same name on every side. */
export function sideColumn(written: string, name: string, dialect: Dialect): CountedSide['groups'] {
  const expression = columnExpression(written, dialect);
  return { expressions: [expression], items: [`${expression} as ${name}`] };
}
