import type { ColumnType } from '../column-type.ts';
import { literal } from './postgres-text.ts';

/**
 * `is not distinct from` makes PostgreSQL compare every pair of rows. Both forms here can be hashed: two conditions on values
 * that are never NULL, for which a constant of the type must be known, or arrays of one element, whose NULLs are equal.
 */
export function nullSafeEquals(left: string, right: string, type: ColumnType | undefined): string {
  if (type === undefined) return `array[${left}] = array[${right}]`;
  const filler = fillerOf(type);
  return `((${left} is null) = (${right} is null) and coalesce(${left}, ${filler}) = coalesce(${right}, ${filler}))`;
}

function fillerOf({ kind }: ColumnType): string {
  switch (kind) {
    case 'varchar':
      return literal('');
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
    case 'double':
      return '0';
    case 'boolean':
      return 'false';
    case 'date':
    case 'timestamp':
      return `${kind} '1970-01-01'`;
  }
}
