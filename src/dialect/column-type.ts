/** The portable column types: what a landed table, a declared column or a cast may name. */
export type ColumnType =
  | { readonly kind: 'varchar'; readonly length?: number }
  | { readonly kind: 'smallint' | 'integer' | 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp' }
  | { readonly kind: 'numeric'; readonly precision: number; readonly scale: number };

/** A column is a name and a portable type. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

const SIMPLE: Readonly<Record<string, ColumnType>> = {
  varchar: { kind: 'varchar' },
  text: { kind: 'varchar' },
  string: { kind: 'varchar' },
  smallint: { kind: 'smallint' },
  int: { kind: 'integer' },
  integer: { kind: 'integer' },
  bigint: { kind: 'bigint' },
  double: { kind: 'double' },
  'double precision': { kind: 'double' },
  boolean: { kind: 'boolean' },
  bool: { kind: 'boolean' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  numeric: { kind: 'numeric', precision: 18, scale: 0 },
  decimal: { kind: 'numeric', precision: 18, scale: 0 },
};

/** Reads a type as people write it (`numeric(18,2)`, `VARCHAR(24)`, `int`); undefined where it is none of the portable types. */
export function parseColumnType(text: string): ColumnType | undefined {
  const match = /^\s*([a-z ]+?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, name = '', first, second] = match;
  const simple = SIMPLE[name.toLowerCase()];
  if (simple === undefined || first === undefined) return simple;
  if (simple.kind === 'varchar' && second === undefined) return { kind: 'varchar', length: Number(first) };
  if (simple.kind === 'numeric')
    return { kind: 'numeric', precision: Number(first), scale: Number(second ?? 0) };
  return undefined;
}

/** The portable spelling of a type, as manifests and artifacts hold it: `numeric(18,2)`. */
export function formatColumnType(type: ColumnType): string {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'numeric':
      return `numeric(${type.precision},${type.scale})`;
    default:
      return type.kind;
  }
}
