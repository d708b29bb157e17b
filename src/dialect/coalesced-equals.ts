import type { ColumnType } from './column-type.ts';
import { standardLiteral } from './sql-text.ts';

/** NULL-safe equality as two conditions on values that are never NULL, which engines can hash. */
export function coalescedEquals(left: string, right: string, type: ColumnType): string {
  const filler = fillerOf(type);
  return `((${left} is null) = (${right} is null) and coalesce(${left}, ${filler}) = coalesce(${right}, ${filler}))`;
}

function fillerOf({ kind }: ColumnType): string {
  switch (kind) {
    case 'varchar':
      return standardLiteral('');
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
