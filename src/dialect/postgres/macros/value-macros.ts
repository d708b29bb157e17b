import type { ColumnType } from '../../column-type.ts';
import { decodedCase } from '../../decoded-case.ts';
import { casedPattern, jsonPath, operand, some, typeArgument } from '../../macro-argument.ts';
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
  regexp_substr: ({ expression, pattern }) =>
    `coalesce(substring(${expression} from ${literal(wholeMatch(pattern))}), left(${expression}, 0))`,
  regexp_count: ({ expression, pattern }) =>
    `(cardinality(regexp_split_to_array(${expression}, ${literal(pattern)})) - 1)`,
  regexp_like: ({ expression, pattern }) => `(${operand(expression)} ~ ${literal(pattern)})`,
  decode: ({ expression, searched }) => decodedCase(operand(expression), searched),
  json_text: ({ expression, path }) =>
    `nullif(json_extract_path_text(cast(${expression} as json), ${jsonPath(path).map(literal).join(', ')}), '')`,
  json_array_length: ({ expression }) => `json_array_length(cast(${expression} as json))`,
  bool_text: ({ condition }) => `cast(${condition} as text)`,
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

/** Of a pattern with groups, PostgreSQL gives the first group. */
function wholeMatch(written: string): string {
  const { pattern, ignoreCase } = casedPattern(written);
  return `${ignoreCase ? '(?i)' : ''}(${pattern})`;
}

/** A text is marked, so that the empty one differs from NULL. */
function markedText(expression: string): string {
  return `coalesce('=' || cast(${expression} as text), '')`;
}
