import type { ColumnType } from '../column-type.ts';

/** DuckDB's spelling of a portable type. The length of a varchar is kept for readers; DuckDB does not enforce it. */
export function duckdbType(type: ColumnType): string {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'numeric':
      return `decimal(${type.precision}, ${type.scale})`;
    default:
      return type.kind;
  }
}

const CATALOG_TYPES: Readonly<Record<string, ColumnType>> = {
  VARCHAR: { kind: 'varchar' },
  SMALLINT: { kind: 'smallint' },
  INTEGER: { kind: 'integer' },
  BIGINT: { kind: 'bigint' },
  DOUBLE: { kind: 'double' },
  BOOLEAN: { kind: 'boolean' },
  DATE: { kind: 'date' },
  TIMESTAMP: { kind: 'timestamp' },
};

/** The portable type of a type as DuckDB's catalog and results name it; HUGEINT, lists and others have none. */
export function parseDuckdbType(engineType: string): ColumnType | undefined {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(engineType);
  if (decimal !== null) return { kind: 'numeric', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  return CATALOG_TYPES[engineType];
}
