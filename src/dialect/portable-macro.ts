import type { Helper, HelperCall, Parameter, ParameterType, TemplateValue } from '../template/helper.ts';
import { type ArgumentType, type MacroArguments, macro, type Signature } from './macro-signature.ts';

/**
 * The portable macro library: what models call for SQL that engines spell differently. This is the one list of
 * signatures; each dialect has one body for each name, and a missing body does not compile. Redshift's results are
 * the reference for every macro that Redshift has a function for.
 */
export const PORTABLE_MACROS = {
  dateadd: macro(
    'Adds a number of parts to a date or timestamp; always a timestamp, month ends are kept inside their month, and one year after 29 February is 1 March. `{{dateadd "day" -6 "activity_date"}}`',
    { part: 'string', count: 'sql', moment: 'sql' },
  ),
  datediff: macro(
    'Counts the boundaries of a part between two moments: 23:59 and 0:01 are one day apart; weeks begin on Monday. `{{datediff "month" "started_on" "ended_on"}}`',
    { part: 'string', from: 'sql', to: 'sql' },
  ),
  date_trunc: macro(
    'The first moment of the part that holds a moment: a date for day and longer parts, a timestamp for shorter ones. `{{date_trunc "week" "event_ts"}}`',
    { part: 'string', moment: 'sql' },
  ),
  date_part: macro(
    'A part of a moment as an integer: year quarter month day hour minute second iso_year iso_week day_of_week day_of_year. `{{date_part "hour" "event_ts"}}`',
    { part: 'string', moment: 'sql' },
  ),
  iso_week: macro(
    'The ISO week, 1 to 53; belongs to `iso_year`, not to the calendar year. `{{iso_week "d"}}`',
    {
      moment: 'sql',
    },
  ),
  iso_year: macro('The year that the ISO week belongs to: 2025 for 2024-12-30. `{{iso_year "d"}}`', {
    moment: 'sql',
  }),
  day_of_week: macro('The day of the week, Monday 1 to Sunday 7. `{{day_of_week "d"}}`', { moment: 'sql' }),
  date_of: macro('The date of a timestamp. `{{date_of "event_ts"}}`', { moment: 'sql' }),
  last_day: macro('The last day of the month that holds a moment, a date. `{{last_day "d"}}`', {
    moment: 'sql',
  }),
  add_months: macro(
    'Adds a number of months to a date or timestamp; always a timestamp. A month end stays one: a month after 30 April is 31 May. `{{add_months "renewed_on" 1}}`',
    { moment: 'sql', count: 'sql' },
  ),
  months_between: macro(
    'The months from the second date to the first as a double, negative where the first is earlier: whole between equal days or two month ends, else with a fraction of 31 days. `{{months_between "ended_on" "started_on"}}`',
    { to: 'sql', from: 'sql' },
  ),
  to_char: macro(
    'A moment as text. Patterns: YYYY YY IYYY Q MM MON Mon mon MONTH Month month DD DDD D ID DY Dy dy DAY Day day IW HH24 HH12 MI SS MS US AM; names of months and days are not padded; other letters stand in "double quotes". `{{to_char "d" "YYYY-MM"}}`',
    { moment: 'sql', pattern: 'string' },
  ),
  convert_timezone: macro(
    'A UTC timestamp as the wall clock shows it in a named zone, daylight saving included; `from` names another zone than UTC. `{{convert_timezone "Europe/Berlin" "event_ts"}}`',
    { zone: 'string', moment: 'sql' },
    { from: 'string' },
  ),
  date_spine: macro(
    'A query with one row for each part from the first moment up to, not including, the second; its column is named `date_<part>` unless `as` names it. `from ({{date_spine "day" (date "2024-01-01") "as_of"}}) as days`',
    { part: 'string', from: 'sql', to: 'sql' },
    { as: 'string' },
  ),
  cast_to: macro(
    'Casts to a portable type: numbers and texts to integers and numerics, rounding halves away from zero; to `varchar(n)` cutting. `{{cast_to "amount" "numeric(18,2)"}}`',
    { expression: 'sql', type: 'string' },
  ),
  safe_divide: macro(
    'A quotient as a double, NULL where the divisor is zero. `{{safe_divide "retained" "cohort_size"}}`',
    { dividend: 'sql', divisor: 'sql' },
  ),
  median: macro(
    'The median as a double, between the middle two where the count is even. `{{median "amount"}}`',
    {
      expression: 'sql',
    },
  ),
  percentile: macro(
    'An interpolated percentile as a double, the fraction from 0 to 1. `{{percentile "seconds" 0.95}}`',
    { expression: 'sql', fraction: 'number' },
  ),
  count_if: macro(
    'The number of rows for which a condition is true, 0 for no rows. `{{count_if "is_new"}}`',
    {
      condition: 'sql',
    },
  ),
  bool_or: macro('Whether a condition is true for a row of the group. `{{bool_or "is_trial"}}`', {
    condition: 'sql',
  }),
  bool_and: macro('Whether a condition is true for all rows of the group. `{{bool_and "is_paid"}}`', {
    condition: 'sql',
  }),
  bool_text: macro(
    'A boolean as the text \'true\' or \'false\', NULL for NULL. Redshift casts no boolean to text: among the values of `surrogate_key`, `hash` and `concat_null_safe` a boolean is written so. `{{surrogate_key "user_id" (bool_text "is_trial")}}`',
    { condition: 'sql' },
  ),
  listagg: macro(
    'The texts of a group joined by a separator in an order; NULL and empty texts are left out. `{{listagg "plan" ", " "started_on"}}`',
    { expression: 'sql', separator: 'string', order_by: 'sql' },
  ),
  string_length: macro('The number of characters of a text, an integer. `{{string_length "email"}}`', {
    expression: 'sql',
  }),
  split_part: macro(
    'The n-th part of a text between separators, from 1; the empty text where there is none. `{{split_part "email" "@" 2}}`',
    { expression: 'sql', separator: 'string', position: 'number' },
  ),
  regexp_replace: macro(
    'A text with every match of a pattern replaced; `$1` in the replacement is the first group. `{{regexp_replace "phone" "[^0-9]" ""}}`',
    { expression: 'sql', pattern: 'string', replacement: 'string' },
  ),
  regexp_substr: macro(
    'The first match of a pattern in a text, the empty text where there is none. A pattern that begins with `(?i)` takes capitals as small letters. `{{regexp_substr "url" "utm_[a-z]+"}}`',
    { expression: 'sql', pattern: 'string' },
  ),
  regexp_count: macro(
    'The number of matches of a pattern in a text, none of which may be empty. A pattern may begin with `(?i)`. `{{regexp_count "path" "/"}}`',
    { expression: 'sql', pattern: 'string' },
  ),
  regexp_like: macro(
    'Whether a pattern matches anywhere in a text; `^` and `$` tie it to the ends, and `.` matches any character, a line feed too. A pattern may begin with `(?i)`. `{{regexp_like "sku" "^[A-Z]{2}-[0-9]+$"}}`',
    { expression: 'sql', pattern: 'string' },
  ),
  decode: macro(
    'A value looked up: the result that follows the first searched value it equals, NULL being equal to NULL; one more argument is for all others, else they give NULL. `{{decode "plan" "\'pro\'" "1" "null" "0" "2"}}`',
    { expression: 'sql', searched: 'sql...' },
  ),
  json_text: macro(
    'What lies at a path of names in a text of JSON, as text; NULL where there is nothing, or the empty text. `{{json_text "payload" "device" "os"}}`',
    { expression: 'sql', path: 'string...' },
  ),
  json_array_length: macro(
    'The number of elements of an array in a text of JSON. `{{json_array_length "tags"}}`',
    {
      expression: 'sql',
    },
  ),
  concat_null_safe: macro(
    'Texts joined, NULL taken as the empty text. `{{concat_null_safe "first" "last"}}`',
    {
      expressions: 'sql...',
    },
  ),
  hash: macro('The MD5 of a value as text, 32 hex digits; NULL for NULL. `{{hash "user_id"}}`', {
    expression: 'sql',
  }),
  surrogate_key: macro(
    'A key of 32 hex digits over values as text; NULL differs from every text, and neighbours never run together. `{{surrogate_key "user_id" "activity_date"}}`',
    { expressions: 'sql...' },
  ),
  deduplicate: macro(
    'A query with the first row of each group of a relation, in an order. `from ({{deduplicate (ref "stg_events") "event_id" "loaded_at desc"}}) as events`',
    { relation: 'sql', partition_by: 'sql', order_by: 'sql' },
  ),
  pivot: macro(
    'One aggregate column for each value of a column; `value` and `otherwise` are what is aggregated (1 and 0, by sum). `{{pivot "plan" (list "pro" "team") value="mrr" prefix="mrr_"}}`',
    { column: 'sql', values: 'list' },
    { aggregate: 'string', value: 'sql', otherwise: 'sql', prefix: 'string', suffix: 'string' },
  ),
  union_relations: macro(
    'A query over the rows of several relations, with the columns that are named. `from ({{union_relations (list (ref "a") (ref "b")) (list "id" "amount")}}) as rows`',
    { relations: 'list', columns: 'list' },
  ),
} as const;

export type PortableMacroName = keyof typeof PORTABLE_MACROS;

/** The bodies of one dialect: each gets its arguments by name and gives SQL text. */
export type MacroBodies = {
  readonly [Name in PortableMacroName]: (
    arguments_: MacroArguments<(typeof PORTABLE_MACROS)[Name]>,
  ) => string;
};

/** The helpers that make a dialect's bodies callable from templates. */
export function portableMacros(bodies: MacroBodies): Helper[] {
  return Object.entries(PORTABLE_MACROS).map(([name, signature]) =>
    helperOf(name, signature, bodies[name as PortableMacroName] as (arguments_: object) => string),
  );
}

function helperOf(name: string, signature: Signature, body: (arguments_: object) => string): Helper {
  const positional = Object.entries(signature.positional);
  const named = Object.entries(signature.named);
  return {
    name,
    doc: signature.doc,
    parameters: positional.map(([parameter, type]) => parameterOf(parameter, type)),
    named: named.map(([parameter, type]) => ({ ...parameterOf(parameter, type), optional: true })),
    run: (call) => body(argumentsOf(call, positional, named)),
  };
}

function parameterOf(name: string, type: ArgumentType): Parameter {
  switch (type) {
    case 'sql...':
      return { name, type: 'sql', rest: true };
    case 'string...':
      return { name, type: 'string', rest: true };
    default:
      return { name, type: type satisfies ParameterType };
  }
}

function argumentsOf(
  call: HelperCall,
  positional: readonly (readonly [string, ArgumentType])[],
  named: readonly (readonly [string, ArgumentType])[],
): object {
  const taken = positional.map(([name, type], index) => [
    name,
    type.endsWith('...') ? call.positional.slice(index).map(text) : argumentOf(call.positional[index], type),
  ]);
  const given = named
    .filter(([name]) => call.named[name] !== undefined)
    .map(([name, type]) => [name, argumentOf(call.named[name], type)]);
  return Object.fromEntries([...taken, ...given]);
}

function argumentOf(value: TemplateValue, type: ArgumentType): TemplateValue {
  if (type === 'number') return value;
  return type === 'list' && Array.isArray(value) ? value.map(text) : text(value);
}

function text(value: TemplateValue): string {
  return String(value);
}
