import type { Backend } from '../backend.ts';
import { literal } from '../statement.ts';

/** A column that COPY fills. */
export interface CopiedColumn {
  readonly name: string;
  /** As the load-error tables call it: `int4`, `varchar`, `numeric`. */
  readonly type: string;
  /** Of a text, in bytes; -1: none. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly notNull: boolean;
}

/** The columns of a relation, in order; those that number themselves are not among them. */
export async function columnsOf(backend: Backend, relation: string): Promise<readonly CopiedColumn[]> {
  const { rows } = await backend.query(`select attname, typname, atttypmod, attnotnull
from pg_attribute
join pg_type on pg_type.oid = atttypid
where attrelid = ${literal(relation)}::regclass and attnum > 0 and not attisdropped and attidentity = ''
order by attnum`);
  return rows.map(([name, type, modifier, notNull]) => {
    const width = Number(modifier) - 4;
    return {
      name: name ?? '',
      type: type === 'text' ? 'varchar' : type === 'bpchar' ? 'char' : (type ?? ''),
      length: width < 0 ? 65_535 : width,
      precision: width < 0 ? 38 : (width >> 16) & 65_535,
      scale: width < 0 ? 10 : width & 65_535,
      notNull: notNull === 't',
    };
  });
}

/** As the load-error tables have it. */
export function lengthText({ type, length, precision, scale }: CopiedColumn): string {
  if (type === 'varchar' || type === 'char') return String(length);
  return type === 'numeric' ? `${precision}, ${scale}` : '0';
}
