import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from '../dialect/token.ts';

/** A cursor goes through canonical tokens. */
export interface TokenCursor {
  readonly tokens: readonly Token[];
  /** For each token its lower-case text if it is a word or operator; '' for any other, which can be no keyword. */
  readonly keywords: readonly string[];
  at: number;
}

export function tokenCursor(tokens: readonly Token[]): TokenCursor {
  return { tokens, keywords: tokens.map(keywordOf), at: 0 };
}

function keywordOf({ kind, text }: Token): string {
  return kind === 'word' || kind === 'operator' ? text.toLowerCase() : '';
}

/** The token `ahead` places from the cursor (negative: behind it). */
export function peek(cursor: TokenCursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** The keyword `ahead` places from the cursor; the empty string where there is none. */
export function keyword(cursor: TokenCursor, ahead = 0): string {
  return cursor.keywords[cursor.at + ahead] ?? '';
}

/** Takes the token under the cursor if it is the keyword. */
export function take(cursor: TokenCursor, text: string): boolean {
  if (keyword(cursor) !== text) return false;
  cursor.at++;
  return true;
}

/** A token that can be a name: an identifier, quoted or not. */
export type NameToken = Token & { readonly kind: 'word' | 'quoted-identifier' };

export function isName(token: Token | undefined): token is NameToken {
  return token?.kind === 'word' || token?.kind === 'quoted-identifier';
}

/** A name as the engine compares it: folded, without its quotes. */
export function foldedName(dialect: Dialect, token: Token): string {
  if (token.kind === 'word') return dialect.fold(token.text.toLowerCase());
  return dialect.fold(token.text.slice(1, -1).replaceAll('""', '"'));
}
