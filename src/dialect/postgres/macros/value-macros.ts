import type { ColumnType } from '../../column-type.ts';
import { some, typeArgument } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal } from '../postgres-text.ts';
import { postgresType } from '../postgres-type.ts';

export const valueMacros = {
  cast_to: ({ expression, type }) => castTo(expression, typeArgument(type)),
  safe_divide: ({ dividend, divisor }) => `(cast(${dividend} as double precision) / nullif(${divisor}, 0))`,
  string_length: ({ expression }) => `length(${expression})`,
  split_part: ({ expression, separator, position }) =>
    `split_part(${expression}, ${literal(separator)}, ${position})`,
  regexp_replace: ({ expression, pattern, replacement }) =>
    `regexp_replace(${expression}, ${literal(pattern)}, ${literal(groupReferences(replacement))}, 'g')`,
  concat_null_safe: ({ expressions }) =>
    `(${some(expressions, 'expression')
      .map((expression) => `coalesce(cast(${expression} as text), '')`)
      .join(' || ')})`,
  hash: ({ expression }) => `md5(cast(${expression} as text))`,
  surrogate_key: ({ expressions }) =>
    `md5(${some(expressions, 'expression').map(markedText).join(' || chr(31) || ')})`,
} satisfies Partial<MacroBodies>;

/** PostgreSQL rounds doubles to the even integer, and numerics as Redshift does. */
function castTo(expression: string, type: ColumnType): string {
  const name = postgresType(type);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `cast(cast(${expression} as numeric) as ${name})`;
    default:
      return `cast(${expression} as ${name})`;
  }
}

/** `$1` as PostgreSQL writes it, and a backslash that means itself. */
function groupReferences(replacement: string): string {
  return replacement.replaceAll('\\', '\\\\').replace(/\$(\d)/g, '\\$1');
}

/** A text is marked, so that the empty one differs from NULL. */
function markedText(expression: string): string {
  return `coalesce('=' || cast(${expression} as text), '')`;
}
