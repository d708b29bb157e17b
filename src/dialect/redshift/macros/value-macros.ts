import type { ColumnType } from '../../column-type.ts';
import { decoded } from '../../decoded-case.ts';
import { casedPattern, jsonPath, operand, some, typeArgument } from '../../macro-argument.ts';
import type { MacroBodies } from '../../portable-macro.ts';
import { literal } from '../redshift-text.ts';
import { redshiftType } from '../redshift-type.ts';

/** Said, because `varchar` alone is 256 bytes where Redshift does not take the length from the expression. */
const ANY_TEXT = redshiftType({ kind: 'varchar' });

export const valueMacros = {
  cast_to: ({ expression, type }) => castTo(expression, typeArgument(type)),
  safe_divide: ({ dividend, divisor }) => `(cast(${dividend} as double precision) / nullif(${divisor}, 0))`,
  string_length: ({ expression }) => `len(${expression})`,
  split_part: ({ expression, separator, position }) =>
    `split_part(${expression}, ${literal(separator)}, ${position})`,
  regexp_replace: ({ expression, pattern, replacement }) =>
    `regexp_replace(${expression}, ${literal(pattern)}, ${literal(replacement)})`,
  regexp_substr: ({ expression, pattern }) =>
    `regexp_substr(${expression}, ${patternArguments(pattern, '1, 1')})`,
  regexp_count: ({ expression, pattern }) => `regexp_count(${expression}, ${patternArguments(pattern, '1')})`,
  regexp_like: ({ expression, pattern }) => regexpLike(expression, pattern),
  decode: ({ expression, searched }) => {
    const { pairs, otherwise } = decoded(searched);
    const list = [...pairs.flatMap(({ value, result }) => [value, result]), otherwise ?? []].flat();
    return `decode(${[expression, ...list].join(', ')})`;
  },
  json_text: ({ expression, path }) =>
    `nullif(json_extract_path_text(${expression}, ${jsonPath(path).map(literal).join(', ')}), '')`,
  json_array_length: ({ expression }) => `json_array_length(${expression})`,
  bool_text: ({ condition }) =>
    `(case when ${condition} then 'true' when not ${operand(condition)} then 'false' end)`,
  concat_null_safe: ({ expressions }) =>
    `(${some(expressions, 'expression')
      .map((expression) => `coalesce(cast(${expression} as ${ANY_TEXT}), '')`)
      .join(' || ')})`,
  hash: ({ expression }) => `md5(cast(${expression} as ${ANY_TEXT}))`,
  surrogate_key: ({ expressions }) =>
    `md5(${some(expressions, 'expression').map(markedText).join(' || chr(31) || ')})`,
} satisfies Partial<MacroBodies>;

/** A cast of a stored number may cut where one of a constant rounds, so that rounding is said. */
function castTo(expression: string, type: ColumnType): string {
  const name = redshiftType(type);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `cast(${rounded(expression, 0)} as ${name})`;
    case 'numeric':
      return `cast(${rounded(expression, type.scale)} as ${name})`;
    default:
      return `cast(${expression} as ${name})`;
  }
}

const SPARE_DIGITS = 10;

function rounded(expression: string, scale: number): string {
  const exact = redshiftType({
    kind: 'numeric',
    precision: 38,
    scale: Math.min(37, Math.max(SPARE_DIGITS, scale + 2)),
  });
  return `round(cast(${expression} as ${exact}), ${scale})`;
}

/** What stands between the pattern and the letter that says that capitals do not count is where the search begins. */
function patternArguments(written: string, between: string): string {
  const { pattern, ignoreCase } = casedPattern(written);
  return ignoreCase ? `${literal(pattern)}, ${between}, 'i'` : literal(pattern);
}

/** The operator that takes capitals as small letters is in no page of the documentation. */
function regexpLike(expression: string, written: string): string {
  const { pattern, ignoreCase } = casedPattern(written);
  return ignoreCase
    ? `(regexp_instr(${expression}, ${literal(pattern)}, 1, 1, 0, 'i') > 0)`
    : `(${operand(expression)} ~ ${literal(pattern)})`;
}

/** A text is marked, so that the empty one differs from NULL. */
function markedText(expression: string): string {
  return `coalesce('=' || cast(${expression} as ${ANY_TEXT}), '')`;
}
