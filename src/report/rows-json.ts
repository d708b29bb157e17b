import type { Scalar } from '../dialect/dialect.ts';
import type { QueryResult } from '../warehouse/warehouse.ts';
import { isNumeric } from './table-text.ts';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Rows as one JSON array of objects, a row a line. Integers and decimals are written as numbers with all their digits;
 * dates and timestamps are ISO text; values that JSON has no number for (`NaN`) are text.
 */
export function rowsJson(result: QueryResult): string {
  const columns = result.columns.map(({ name }) => ({
    name,
    key: JSON.stringify(name),
    numeric: isNumeric(name, result),
  }));
  const rows = result.rows.map((row) => {
    const members = columns.map(
      ({ name, key, numeric }) => `${key}: ${jsonValue(row[name] ?? null, numeric)}`,
    );
    return `{${members.join(', ')}}`;
  });
  return rows.length === 0 ? '[]' : `[\n  ${rows.join(',\n  ')}\n]`;
}

function jsonValue(value: Scalar, numeric: boolean): string {
  if (value === null || typeof value === 'boolean') return String(value);
  const text = String(value);
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || numeric;
  return isNumber && NUMBER.test(text) ? text : JSON.stringify(text);
}
