import { closingParenthesis, openingParenthesis } from './parenthesis.ts';
import type { Token } from './token.ts';

/** Tokens `first` to `last` of a statement: a literal, and the parentheses and casts around it. */
interface Expression {
  readonly first: number;
  readonly last: number;
  /** The types that it is cast to, from within. */
  readonly types: readonly string[];
}

const MOMENT = /(?<![a-z])(?:now|today|tomorrow|yesterday)(?![a-z])/i;
const TYPES = new Set(['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'datetime']);

/**
 * Whether the literal at `index` is a date or a time that moves on with the clock: `date 'today'`, `'now'::timestamp`,
 * `cast('now' as timestamp)`, `date('today')`, `timestamp with time zone 'today 06:00'`. Where the engine takes such a text
 * for a moment without being told its type (`untyped`), it is one also beside a date: `d >= 'yesterday'`, `coalesce(d, 'now')`.
 */
export function isRelativeMoment(tokens: readonly Token[], index: number, untyped: boolean): boolean {
  if (!MOMENT.test(tokens[index]?.text ?? '')) return false;
  const expression = withCasts(tokens, index);
  const types = [...expression.types, typeBefore(tokens, index), functionAround(tokens, expression)];
  if (types.some((type) => TYPES.has(type ?? ''))) return true;
  return untyped && expression.types.length === 0 && mayBeMoment(tokens, expression);
}

function withCasts(tokens: readonly Token[], index: number): Expression {
  let [first, last] = [index, index];
  const types: string[] = [];
  for (;;) {
    const isEnclosed = tokens[first - 1]?.text === '(';
    if (tokens[last + 1]?.text === '::') {
      const type = endOfName(tokens, last + 2);
      types.push(wordAt(tokens, type) ?? '');
      last = endOfType(tokens, type);
    } else if (
      isEnclosed &&
      CASTS.has(wordAt(tokens, first - 2) ?? '') &&
      wordAt(tokens, last + 1) === 'as'
    ) {
      types.push(wordAt(tokens, endOfName(tokens, last + 2)) ?? '');
      last = closingParenthesis(tokens, first - 1);
      first -= 2;
    } else if (isEnclosed && tokens[last + 1]?.text === ')' && !isNamed(tokens[first - 2])) {
      first--;
      last++;
    } else return { first, last, types };
  }
}

const CASTS = new Set(['cast', 'try_cast']);

/** The last part of a name with its schema: of `pg_catalog.timestamp`, the second. */
function endOfName(tokens: readonly Token[], at: number): number {
  return tokens[at + 1]?.text === '.' ? endOfName(tokens, at + 2) : at;
}

/** Where a type ends: `varchar(10)`, `timestamp (3) with time zone`, `date[]`. */
function endOfType(tokens: readonly Token[], at: number): number {
  const following = tokens[at + 1]?.text.toLowerCase() ?? '';
  if (following === '(') return endOfType(tokens, closingParenthesis(tokens, at + 1));
  return TYPE_PARTS.has(following) ? endOfType(tokens, at + 1) : at;
}

const TYPE_PARTS = new Set(['with', 'without', 'time', 'zone', 'varying', 'precision', '[', ']', '[]']);

/** The type of a literal that stands behind it: `date '…'`, `timestamp(3) '…'`, `timestamp(0) with time zone '…'`. */
function typeBefore(tokens: readonly Token[], index: number): string | undefined {
  const before = tokens[index - 1];
  if (before?.text === ')') return wordAt(tokens, openingParenthesis(tokens, index - 1) - 1);
  return wordAt(tokens, index - 1) === 'zone' ? 'timestamp' : wordAt(tokens, index - 1);
}

/** The function whose only argument an expression is. */
function functionAround(tokens: readonly Token[], { first, last }: Expression): string | undefined {
  const isOnly = tokens[first - 1]?.text === '(' && tokens[last + 1]?.text === ')';
  return isOnly ? wordAt(tokens, first - 2) : undefined;
}

const TIME = String.raw`[-+]?\d[\d:.]*(?:\s*[ap]m)?`;
const ZONE = String.raw`(?:[-+]\d[\d:]*|[a-z]{1,5}|allballs|[a-z_]+/[a-z_/]+)`;
const WHOLE_MOMENT = new RegExp(
  String.raw`^[^']*'\s*(?:${TIME}\s+)?(?:now|today|tomorrow|yesterday)(?:[\s,]*${TIME})?(?:\s*${ZONE})?\s*'$`,
  'i',
);
const DATE = /^'\s*\d/;
const OPERATORS = new Set(['=', '<>', '!=', '<', '<=', '>', '>=', '+', '-']);
/** `d between '2024-01-01' and 'today'`, `d is distinct from 'today'`. */
const COMPARING_WORDS = new Set(['between', 'symmetric', 'and', 'from']);

/** Whether a text that says no type stands where a date may: when in doubt, it does. A text that is cast to one does not. */
function mayBeMoment(tokens: readonly Token[], { first, last }: Expression): boolean {
  if (!WHOLE_MOMENT.test(tokens.slice(first, last + 1).find(isString)?.text ?? '')) return false;
  const [before, after] = [tokens[first - 1]?.text.toLowerCase() ?? '', tokens[last + 1]?.text ?? ''];
  if (OPERATORS.has(before) || OPERATORS.has(after) || COMPARING_WORDS.has(before)) return true;
  return isAmongDates(tokens, first);
}

/** Whether an expression is an argument of a function, or listed among dates only: `in ('2024-01-01', 'today')`. */
function isAmongDates(tokens: readonly Token[], first: number): boolean {
  if (tokens[first - 1]?.text !== '(' && tokens[first - 1]?.text !== ',')
    return wordAt(tokens, first - 1) === 'in';
  const open = openingParenthesis(tokens, first);
  if (wordAt(tokens, open - 1) !== 'in') return isNamed(tokens[open - 1]);
  const listed = tokens.slice(open, closingParenthesis(tokens, open)).filter(isString);
  return listed.every(({ text }) => WHOLE_MOMENT.test(text) || DATE.test(text));
}

const NAMELESS = new Set(
  `and any array as between by case distinct else from having in join lateral like limit not on or over select some then
  union using values when where with`.split(/\s+/),
);

/** Whether a token before a parenthesis names a function. */
function isNamed(token: Token | undefined): boolean {
  if (token?.kind === 'quoted-identifier') return true;
  return token?.kind === 'word' && !NAMELESS.has(token.text.toLowerCase());
}

function isString({ kind }: Token): boolean {
  return kind === 'string';
}

function wordAt(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text.toLowerCase() : undefined;
}
