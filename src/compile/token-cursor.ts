import { canonicalTokens } from '../dialect/canonical-tokens.ts';
import type { Token } from '../dialect/token.ts';

/** A cursor goes through the tokens that mean something: no white space, no comments. */
export interface TokenCursor {
  readonly tokens: readonly Token[];
  at: number;
}

export function tokenCursor(tokens: readonly Token[]): TokenCursor {
  return { tokens: canonicalTokens(tokens), at: 0 };
}

/** The token `ahead` places from the cursor (negative: behind it). */
export function peek(cursor: TokenCursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** The lower-case text of a word or operator; the empty string for any other token, which can be no keyword. */
export function keyword(token: Token | undefined): string {
  return token?.kind === 'word' || token?.kind === 'operator' ? token.text.toLowerCase() : '';
}

/** Takes the token under the cursor if it is the keyword. */
export function take(cursor: TokenCursor, text: string): boolean {
  if (keyword(peek(cursor)) !== text) return false;
  cursor.at++;
  return true;
}

/** A token that can be a name: an identifier, quoted or not. */
export type NameToken = Token & { readonly kind: 'word' | 'quoted-identifier' };

export function isName(token: Token | undefined): token is NameToken {
  return token?.kind === 'word' || token?.kind === 'quoted-identifier';
}
