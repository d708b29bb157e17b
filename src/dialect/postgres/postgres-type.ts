import type { ColumnType } from '../column-type.ts';

/** PostgreSQL's spelling of a portable type. */
export function postgresType(type: ColumnType): string {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined ? 'text' : `varchar(${type.length})`;
    case 'numeric':
      return `numeric(${type.precision}, ${type.scale})`;
    case 'double':
      return 'double precision';
    default:
      return type.kind;
  }
}

const CATALOG_TYPES: Readonly<Record<string, ColumnType>> = {
  text: { kind: 'varchar' },
  'character varying': { kind: 'varchar' },
  smallint: { kind: 'smallint' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  'double precision': { kind: 'double' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  'timestamp without time zone': { kind: 'timestamp' },
};

/** The portable type of a type as `format_type` names it; a numeric without precision, `real` and others have none. */
export function parsePostgresType(engineType: string): ColumnType | undefined {
  const [, length] = /^character varying\((\d+)\)$/.exec(engineType) ?? [];
  if (length !== undefined) return { kind: 'varchar', length: Number(length) };
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(engineType) ?? [];
  if (precision !== undefined && scale !== undefined)
    return { kind: 'numeric', precision: Number(precision), scale: Number(scale) };
  return CATALOG_TYPES[engineType];
}
