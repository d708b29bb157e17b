import { colorsFor } from '../report/colors.ts';
import { rowsCsv } from '../report/rows-csv.ts';
import { rowsJson } from '../report/rows-json.ts';
import { tableText } from '../report/table-text.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import type { Invocation } from './invocation.ts';

/** The options of commands that print rows. */
export interface OutputFlags {
  readonly output: 'table' | 'json' | 'csv';
  readonly color: boolean;
}

/** Prints rows on stdout, as `--output` says. */
export function printRows(rows: QueryResult, flags: OutputFlags, { stdout, environment }: Invocation): void {
  switch (flags.output) {
    case 'table':
      stdout.write(
        `${tableText(rows, colorsFor(stdout, { color: flags.color, environment }), WIDEST, stdout.columns)}\n`,
      );
      return;
    case 'json':
      stdout.write(`${rowsJson(rows)}\n`);
      return;
    case 'csv':
      stdout.write(rowsCsv(rows));
      return;
  }
}

/** Room for a list of changed relations, or a message. */
const WIDEST = 120;
