import { coalescedEquals } from '../coalesced-equals.ts';
import type { ColumnType } from '../column-type.ts';

/**
 * `is not distinct from` makes PostgreSQL compare every pair of rows. Both forms here can be hashed: two conditions on values
 * that are never NULL, for which a constant of the type must be known, or arrays of one element, whose NULLs are equal.
 */
export function nullSafeEquals(left: string, right: string, type: ColumnType | undefined): string {
  return type === undefined ? `array[${left}] = array[${right}]` : coalescedEquals(left, right, type);
}
