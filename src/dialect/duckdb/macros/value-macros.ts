import type { ColumnType } from '../../column-type.ts';
import { decodedCase } from '../../decoded-case.ts';
import { jsonPath, operand, some, typeArgument } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal } from '../duckdb-text.ts';
import { duckdbType } from '../duckdb-type.ts';

export const valueMacros = {
  cast_to: ({ expression, type }) => castTo(expression, typeArgument(type)),
  safe_divide: ({ dividend, divisor }) => `(cast(${dividend} as double) / nullif(${divisor}, 0))`,
  string_length: ({ expression }) => `cast(length(${expression}) as integer)`,
  split_part: ({ expression, separator, position }) =>
    `split_part(${expression}, ${literal(separator)}, ${position})`,
  regexp_replace: ({ expression, pattern, replacement }) =>
    `regexp_replace(${expression}, ${regularExpression(pattern)}, ${literal(groupReferences(replacement))}, 'g')`,
  regexp_substr: ({ expression, pattern }) => `regexp_extract(${expression}, ${regularExpression(pattern)})`,
  regexp_count: ({ expression, pattern }) =>
    `cast(len(regexp_extract_all(${expression}, ${regularExpression(pattern)})) as integer)`,
  regexp_like: ({ expression, pattern }) => `regexp_matches(${expression}, ${regularExpression(pattern)})`,
  decode: ({ expression, searched }) => decodedCase(operand(expression), searched),
  json_text: ({ expression, path }) =>
    `nullif(json_extract_string(${expression}, ${literal(jsonPointer(jsonPath(path)))}), '')`,
  json_array_length: ({ expression }) => `cast(json_array_length(${expression}) as integer)`,
  bool_text: ({ condition }) => `cast(${condition} as varchar)`,
  concat_null_safe: ({ expressions }) =>
    `(${some(expressions, 'expression')
      .map((expression) => `coalesce(cast(${expression} as varchar), '')`)
      .join(' || ')})`,
  hash: ({ expression }) => `md5(cast(${expression} as varchar))`,
  surrogate_key: ({ expressions }) =>
    `md5(${some(expressions, 'expression').map(markedText).join(' || chr(31) || ')})`,
} satisfies Partial<MacroBodies>;

/** DuckDB rounds doubles to the even integer and keeps texts of any length; a decimal between rounds as Redshift does. */
function castTo(expression: string, type: ColumnType): string {
  const name = duckdbType(type);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `cast(cast(${expression} as decimal(38, 10)) as ${name})`;
    case 'varchar':
      return type.length === undefined
        ? `cast(${expression} as varchar)`
        : `left(cast(${expression} as varchar), ${type.length})`;
    default:
      return `cast(${expression} as ${name})`;
  }
}

/** A dot matches a line feed, too, as on the other engines. */
function regularExpression(pattern: string): string {
  const hasDot = pattern.replace(/\\./gs, '').includes('.');
  return literal(hasDot ? `(?s)${pattern}` : pattern);
}

/** `$1` as DuckDB writes it, and a backslash that means itself. */
function groupReferences(replacement: string): string {
  return replacement.replaceAll('\\', '\\\\').replace(/\$(\d)/g, '\\$1');
}

function jsonPointer(names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A text is marked, so that the empty one differs from NULL. */
function markedText(expression: string): string {
  return `coalesce('=' || cast(${expression} as varchar), '')`;
}
