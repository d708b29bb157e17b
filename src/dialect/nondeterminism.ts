import { canonicalTokens } from './canonical-tokens.ts';
import { closingParenthesis, openingParenthesis } from './parenthesis.ts';
import { isRelativeMoment } from './relative-moment.ts';
import type { Token } from './token.ts';

/** What a dialect knows about its words; all in lower case. */
export interface Vocabulary {
  /** Functions whose result depends on their arguments alone. */
  readonly deterministicFunctions: ReadonlySet<string>;
  /** Words that read the clock or the session without parentheses: `current_date`. */
  readonly ambientWords: ReadonlySet<string>;
  /** One or two words that sample rows at random: `tablesample`, `using sample`. */
  readonly samplingPhrases: ReadonlySet<string>;
  /** Words before a parenthesis that call nothing: keywords (`in (`) and types (`numeric(`). */
  readonly wordsBeforeParenthesis: ReadonlySet<string>;
  /** Whether `'today'` is a date wherever a date is expected: `d >= 'today'`. */
  readonly untypedMoments: boolean;
}

/** Why a statement's result may differ between two runs over the same data: `function now()`, `tablesample`, … */
export interface Nondeterminism {
  readonly reason: string;
  /** The token that it begins with. */
  readonly at: Token;
}

/**
 * What makes a statement nondeterministic, each reason once: a function that is neither in the vocabulary nor
 * declared, the clock, the session, a sample. Empty: deterministic.
 */
export function nondeterminism(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  declared: ReadonlySet<string>,
): readonly Nondeterminism[] {
  const canonical = canonicalTokens(tokens);
  const found = new Map<string, Nondeterminism>();
  canonical.forEach((at, index) => {
    const reason = reasonAt(canonical, index, vocabulary, declared);
    if (reason !== undefined && !found.has(reason)) found.set(reason, { reason, at });
  });
  return [...found.values()];
}

function reasonAt(
  tokens: readonly Token[],
  index: number,
  vocabulary: Vocabulary,
  declared: ReadonlySet<string>,
): string | undefined {
  const token = tokens[index];
  if (token?.kind === 'string') {
    return isRelativeMoment(tokens, index, vocabulary.untypedMoments) ? `moment ${token.text}` : undefined;
  }
  if (token?.kind !== 'word' && token?.kind !== 'quoted-identifier') return undefined;
  const name = nameOf(token);
  if (tokens[index + 1]?.text === '(') {
    const known = isBuiltIn(tokens, index, vocabulary) || isDeclared(tokens, index, declared);
    return known || !isCall(tokens, index, vocabulary) ? undefined : `function ${name}()`;
  }
  if (token.kind === 'quoted-identifier' || isQualifiedOrAlias(tokens, index)) return undefined;
  return vocabulary.ambientWords.has(name) ? name : samplingPhrase(tokens, index, name, vocabulary);
}

function samplingPhrase(
  tokens: readonly Token[],
  index: number,
  name: string,
  { samplingPhrases }: Vocabulary,
): string | undefined {
  if (samplingPhrases.has(name)) return name;
  const before = wordAt(tokens, index - 1);
  const phrase = before === undefined ? undefined : `${before} ${name}`;
  return phrase !== undefined && samplingPhrases.has(phrase) ? phrase : undefined;
}

function nameOf(token: Token): string {
  return token.kind === 'word'
    ? token.text.toLowerCase()
    : token.text.slice(1, -1).replaceAll('""', '"').toLowerCase();
}

/** Whether a called function is one of the engine's; behind a schema stands one of somebody's own, whatever its name. */
function isBuiltIn(tokens: readonly Token[], index: number, { deterministicFunctions }: Vocabulary): boolean {
  const token = tokens[index];
  if (token === undefined || !deterministicFunctions.has(nameOf(token))) return false;
  const schema = tokens[index - 1]?.text === '.' ? tokens[index - 2] : undefined;
  const isNamed = schema?.kind === 'word' || schema?.kind === 'quoted-identifier';
  return !isNamed || nameOf(schema) === 'pg_catalog';
}

/** Whether a called function stands among the declared ones, with as much of its schema as is declared: `f`, `util.f`. */
function isDeclared(tokens: readonly Token[], index: number, declared: ReadonlySet<string>): boolean {
  let called = '';
  for (let at = index; ; at -= 2) {
    const token = tokens[at];
    if (token === undefined) return false;
    called = called === '' ? nameOf(token) : `${nameOf(token)}.${called}`;
    if (declared.has(called)) return true;
    if (tokens[at - 1]?.text !== '.') return false;
  }
}

/** A name before `(` calls a function unless it is a keyword, a type, an alias with columns, or a CTE's name. */
function isCall(tokens: readonly Token[], index: number, vocabulary: Vocabulary): boolean {
  const token = tokens[index];
  if (token?.kind === 'word' && vocabulary.wordsBeforeParenthesis.has(token.text.toLowerCase())) return false;
  const before = tokens[index - 1];
  if (before?.kind === 'relation' || before?.text === '::') return false;
  if (before?.text === ')' && isFromItem(tokens, openingParenthesis(tokens, index - 1))) return false;
  if (before?.kind === 'word' && before.text.toLowerCase() === 'as') return false;
  return !isCteName(tokens, index);
}

/** Whether a parenthesis belongs to what an alias follows: `from (…)`, `join f(…)`, `pivot (…)`; not to `distinct on (…)`. */
function isFromItem(tokens: readonly Token[], open: number): boolean {
  let at = open - 1;
  if (isName(tokens[at]) && !BEFORE_FROM_ITEM.has(wordAt(tokens, at) ?? '')) {
    for (at--; tokens[at]?.text === '.' && isName(tokens[at - 1]); ) at -= 2;
  }
  const before = tokens[at]?.text.toLowerCase() ?? '';
  return before === ',' || before === '(' || BEFORE_FROM_ITEM.has(before);
}

const BEFORE_FROM_ITEM = new Set(['from', 'join', 'lateral', 'pivot', 'unpivot', 'nulls']);

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted-identifier';
}

/** `name (a, b) as (`, with an optional `[not] materialized` between. */
function isCteName(tokens: readonly Token[], index: number): boolean {
  const close = closingParenthesis(tokens, index + 1);
  if (wordAt(tokens, close + 1) !== 'as') return false;
  let body = close + 2;
  if (wordAt(tokens, body) === 'not') body++;
  if (wordAt(tokens, body) === 'materialized') body++;
  return tokens[body]?.text === '(';
}

function isQualifiedOrAlias(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.text === '.' || tokens[index + 1]?.text === '.' || wordAt(tokens, index - 1) === 'as';
}

function wordAt(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text.toLowerCase() : undefined;
}
