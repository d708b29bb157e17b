import * as catalogue from '../diagnostic/catalogue/compile.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Token } from '../dialect/token.ts';
import type { SourceMap } from '../template/source-map.ts';
import { sqlPlace } from './sql-place.ts';

/** What is checked: its tokens, the places they were written at, and how messages name it. */
export interface CheckedText {
  readonly what: string;
  readonly tokens: readonly Token[];
  readonly map: SourceMap;
  /** Where to point when no place is known. */
  readonly span: Span;
}

const QUERY_BEGINNINGS = new Set(['select', 'with', 'values', '(']);

/**
 * Checks that a text is one query, and gives its tokens from the first to the last that mean something; comments
 * around them stay. A semicolon at the end is left out with what stands behind it. Undefined when a mistake was reported.
 */
export function checkStatement(text: CheckedText, report: Report): readonly Token[] | undefined {
  const { what, tokens, span } = text;
  const semicolon = tokens.findIndex((token) => token.kind === 'semicolon');
  const statement = semicolon < 0 ? tokens : tokens.slice(0, semicolon);
  const first = statement.find(isSignificant);
  const second = semicolon < 0 ? undefined : tokens.slice(semicolon).find(isSecondStatement);
  const unterminated = tokens.find((token) => token.kind === 'unterminated');
  if (unterminated !== undefined) report(catalogue.unterminatedSql({ what, ...placeOf(text, unterminated) }));
  else if (second !== undefined) report(catalogue.secondStatement({ what, ...placeOf(text, second) }));
  else if (first === undefined) report(catalogue.emptySql({ what, span }));
  else if (!QUERY_BEGINNINGS.has(first.text.toLowerCase())) {
    report(catalogue.notAQuery({ what, found: first.text, ...placeOf(text, first) }));
  } else {
    const unbalanced = unbalancedParenthesis(statement);
    if (unbalanced === undefined) return withoutOuterSpace(statement);
    const place = placeOf(text, unbalanced);
    report(catalogue.unbalancedParenthesis({ what, parenthesis: unbalanced.text, ...place }));
  }
  return undefined;
}

/** The first closing parenthesis without an opening one, else the last opening one that stays open. */
function unbalancedParenthesis(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'operator') continue;
    if (token.text === '(') open.push(token);
    else if (token.text === ')' && open.pop() === undefined) return token;
  }
  return open.at(-1);
}

function placeOf(text: CheckedText, token: Token) {
  return sqlPlace(text.map.originAt(token.start), text.span);
}

function isSignificant(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}

function isSecondStatement(token: Token): boolean {
  return isSignificant(token) && token.kind !== 'semicolon';
}

function withoutOuterSpace(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findIndex((token) => token.kind !== 'space');
  const end = tokens.findLastIndex((token) => token.kind !== 'space');
  return tokens.slice(start, end + 1);
}
