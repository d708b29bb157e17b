import { nearest } from '../diagnostic/suggestion.ts';
import { HelperError } from '../template/helper.ts';
import { type ColumnType, parseColumnType } from './column-type.ts';

const CALENDAR_PARTS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const CLOCK_PARTS = ['hour', 'minute', 'second'] as const;
const FIELDS = ['iso_year', 'iso_week', 'day_of_week', 'day_of_year'] as const;
const DATE_PARTS = [...CALENDAR_PARTS, ...CLOCK_PARTS] as const;
const DATE_FIELDS = ['year', 'quarter', 'month', 'day', ...CLOCK_PARTS, ...FIELDS] as const;

/** What a moment can be cut to or moved by. */
export type DatePart = (typeof DATE_PARTS)[number];

/** What can be read off a moment. */
export type DateField = (typeof DATE_FIELDS)[number];

/** The part that an argument names; throws for another text. */
export function datePart(text: string): DatePart {
  return oneOf(text, DATE_PARTS, 'date part');
}

/** The field that an argument names; throws for another text. */
export function dateField(text: string): DateField {
  return oneOf(text, DATE_FIELDS, 'date field');
}

/** Whether a part is a day or longer, so that its first moment is a date. */
export function isCalendarPart(part: DatePart): boolean {
  return CALENDAR_PARTS.some((candidate) => candidate === part);
}

/** Whether steps of a part are of unlike lengths, so that a chain of them may end elsewhere than one long step does. */
export function hasUnlikeLengths(part: DatePart): boolean {
  return part === 'month' || part === 'quarter' || part === 'year';
}

/** The portable type that an argument names; throws for another text. */
export function typeArgument(text: string): ColumnType {
  const type = parseColumnType(text);
  if (type === undefined) {
    throw new HelperError(
      `"${text}" is not a portable type.`,
      'Types are varchar, varchar(n), smallint, integer, bigint, numeric(p,s), double, boolean, date, timestamp.',
    );
  }
  return type;
}

/** At least one argument of a macro that takes many; throws for none. */
export function some<T>(list: readonly T[], noun: string): readonly T[] {
  if (list.length === 0) throw new HelperError(`At least one ${noun} is needed.`);
  return list;
}

/** A pattern and whether capitals count as small letters in it, which it says by `(?i)` at its beginning. */
export function casedPattern(pattern: string): { readonly pattern: string; readonly ignoreCase: boolean } {
  const ignoreCase = pattern.startsWith(IGNORE_CASE);
  return { pattern: ignoreCase ? pattern.slice(IGNORE_CASE.length) : pattern, ignoreCase };
}

const IGNORE_CASE = '(?i)';

/** The names of a path in JSON, of which Redshift follows five; throws for none and for more. */
export function jsonPath(names: readonly string[]): readonly string[] {
  if (names.length > MOST_NAMES)
    throw new HelperError(`A path in JSON has at most ${MOST_NAMES} names, not ${names.length}.`);
  return some(names, 'name');
}

const MOST_NAMES = 5;

/** An expression that can stand beside any operator: in parentheses unless it is a name, a number, a text or one call. */
export function operand(expression: string): string {
  return ATOM.test(expression) || isOneCall(expression) ? expression : `(${expression})`;
}

/** A moment that an interval can be added to: beside one, a bare text would be taken for an interval. */
export function momentOperand(moment: string): string {
  return /^\s*'/.test(moment) ? `cast(${moment} as timestamp)` : operand(moment);
}

const ATOM = /^(?:[\w.]+|"[^"]*"|(?:\w+ )?'[^']*'|\uE000[^\uE001]*\uE001)$/;

/** `name(…)` or `(…)`, whose first parenthesis is closed by its last character. */
function isOneCall(expression: string): boolean {
  if (!/^\w*\(/.test(expression)) return false;
  const parentheses = expression.replace(/'[^']*'|"[^"]*"/g, (quoted) => '.'.repeat(quoted.length));
  let depth = 0;
  for (let index = parentheses.indexOf('('); index < parentheses.length; index++) {
    if (parentheses[index] === '(') depth++;
    if (parentheses[index] === ')' && --depth === 0) return index === parentheses.length - 1;
  }
  return false;
}

function oneOf<const Choice extends string>(text: string, choices: readonly Choice[], noun: string): Choice {
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice !== undefined) return choice;
  const near = nearest(text, choices);
  throw new HelperError(
    `"${text}" is not a ${noun}.`,
    near === undefined ? `It must be one of ${choices.join(', ')}.` : `Did you mean "${near}"?`,
  );
}
