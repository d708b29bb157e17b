import type { ColumnType } from '../column-type.ts';

const LONGEST_VARCHAR = 65_535;

/**
 * Redshift's spelling of a portable type. Its `varchar` without a length holds 256 bytes and its `text` is the same, so
 * that a text of any length is `varchar(65535)`. Lengths count bytes here, and characters elsewhere.
 */
export function redshiftType(type: ColumnType): string {
  switch (type.kind) {
    case 'varchar':
      return `varchar(${type.length ?? LONGEST_VARCHAR})`;
    case 'numeric':
      return `numeric(${type.precision}, ${type.scale})`;
    case 'double':
      return 'double precision';
    default:
      return type.kind;
  }
}

const CATALOG_TYPES: Readonly<Record<string, ColumnType>> = {
  smallint: { kind: 'smallint' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  'double precision': { kind: 'double' },
  boolean: { kind: 'boolean' },
  date: { kind: 'date' },
  'timestamp without time zone': { kind: 'timestamp' },
};

/** The portable type of a type as the catalog or we name it; SUPER, intervals, fixed CHAR and others have none. */
export function parseRedshiftType(engineType: string): ColumnType | undefined {
  const numeric = /^numeric\((\d+),\s*(\d+)\)$/.exec(engineType);
  if (numeric !== null) return { kind: 'numeric', precision: Number(numeric[1]), scale: Number(numeric[2]) };
  const text = /^(?:character varying|varchar)(?:\((\d+)\))?$/.exec(engineType);
  if (text === null) return CATALOG_TYPES[engineType];
  const length = Number(text[1] ?? LONGEST_VARCHAR);
  return length === LONGEST_VARCHAR ? { kind: 'varchar' } : { kind: 'varchar', length };
}
