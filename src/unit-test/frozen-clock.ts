import { mappedJoin, mappedSlice, writtenBy } from '../compile/mapped-slice.ts';
import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { closingParenthesis } from '../dialect/parenthesis.ts';
import type { Token } from '../dialect/token.ts';
import type { YamlValue } from '../project/project.ts';
import { isDate } from '../seed/cell-type.ts';
import type { MappedText } from '../template/source-map.ts';

/** Where the clock stands in a project without `as_of_date`. */
const STANDSTILL = '2000-01-01 00:00:00';

/** The instant of a unit test that names none, as ISO text in UTC: the first of the project's `as_of_date`. */
export function defaultInstant(asOfDate: YamlValue | undefined): string {
  const instant = typeof asOfDate === 'string' ? readInstant(asOfDate) : undefined;
  return instant ?? STANDSTILL;
}

/** Reads `2025-01-31`, `2025-01-31 12:00` and `2025-01-31T12:00:00Z`; undefined for anything else. */
export function readInstant(text: string): string | undefined {
  const [, day, time = '00:00', seconds = ':00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?Z?)?$/.exec(text.trim()) ?? [];
  if (day === undefined || !isDate(day) || Number.isNaN(Date.parse(`${day}T${time}${seconds}Z`)))
    return undefined;
  return `${day} ${time}${seconds}`;
}

type Reading = 'date' | 'time' | 'timestamp' | 'timestamp with time zone';

/** Words that read the clock, with or without parentheses. */
const CLOCK_WORDS: ReadonlyMap<string, Reading> = new Map([
  ['current_date', 'date'],
  ['current_time', 'time'],
  ['localtime', 'time'],
  ['current_timestamp', 'timestamp with time zone'],
  ['localtimestamp', 'timestamp'],
  ['sysdate', 'timestamp'],
]);
const CLOCK_FUNCTIONS: ReadonlyMap<string, Reading> = new Map([
  ['today', 'date'],
  ['now', 'timestamp with time zone'],
  ['transaction_timestamp', 'timestamp with time zone'],
  ['statement_timestamp', 'timestamp with time zone'],
  ['clock_timestamp', 'timestamp with time zone'],
  ['current_localtime', 'time'],
  ['current_localtimestamp', 'timestamp'],
  ['get_current_timestamp', 'timestamp with time zone'],
  ['getdate', 'timestamp'],
]);

/** SQL in which everything that reads the clock is the instant, ISO text in UTC, as a literal of the same type. */
export function freezeClock(sql: MappedText, dialect: Dialect, instant: string): MappedText {
  const tokens = canonicalTokens(dialect.tokenize(sql.text));
  const parts: MappedText[] = [];
  let from = 0;
  tokens.forEach((token, index) => {
    const edit = editAt(tokens, index, instant);
    if (edit === undefined || edit.start < from) return;
    parts.push(mappedSlice(sql, from, edit.start));
    parts.push(writtenBy(edit.text, sql.map.originAt(token.start)));
    from = edit.end;
  });
  if (parts.length === 0) return sql;
  return mappedJoin([...parts, mappedSlice(sql, from, sql.text.length)]);
}

/** A text in the place of what stands from one offset up to another. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function editAt(tokens: readonly Token[], index: number, instant: string): Edit | undefined {
  const token = tokens[index];
  if (token?.kind !== 'word' || isNameOfSomething(tokens, index)) return undefined;
  const last = callEnd(tokens, index);
  const word = token.text.toLowerCase();
  const isCalled = last !== undefined && tokens[index + 2] === last;
  const isBare = tokens[index + 1]?.text !== '(';
  const reading =
    (last !== undefined || isBare ? CLOCK_WORDS.get(word) : undefined) ??
    (isCalled ? CLOCK_FUNCTIONS.get(word) : undefined);
  if (reading !== undefined)
    return { start: token.start, end: endOf(last ?? token), text: literalOf(reading, instant) };
  return word === 'age' ? todayBefore(tokens, index + 1, instant) : undefined;
}

/** The end of `()`, or of a precision: `(3)`. */
function callEnd(tokens: readonly Token[], index: number): Token | undefined {
  if (tokens[index + 1]?.text !== '(') return undefined;
  const close = tokens[index + 2]?.kind === 'number' ? index + 3 : index + 2;
  return tokens[close]?.text === ')' ? tokens[close] : undefined;
}

/** `age(moment)` is the time since then at the beginning of today; `age(one, other)` reads no clock. */
function todayBefore(tokens: readonly Token[], open: number, instant: string): Edit | undefined {
  const parenthesis = tokens[open];
  if (parenthesis?.text !== '(') return undefined;
  const close = closingParenthesis(tokens, open);
  let depth = 0;
  for (const { text } of tokens.slice(open + 1, close)) {
    if (text === ',' && depth === 0) return undefined;
    if (text === '(' || text === '[') depth++;
    if (text === ')' || text === ']') depth--;
  }
  if (close === open + 1) return undefined;
  const at = endOf(parenthesis);
  return { start: at, end: at, text: `${literalOf('date', instant)}, ` };
}

function endOf(token: Token): number {
  return token.start + token.text.length;
}

function isNameOfSomething(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text.toLowerCase();
  return before === '.' || before === 'as' || tokens[index + 1]?.text === '.';
}

function literalOf(reading: Reading, instant: string): string {
  const [day = '', time = ''] = instant.split(' ');
  switch (reading) {
    case 'date':
      return `date '${day}'`;
    case 'time':
      return `time '${time}'`;
    case 'timestamp':
      return `timestamp '${instant}'`;
    case 'timestamp with time zone':
      return `timestamp with time zone '${instant}+00'`;
  }
}
