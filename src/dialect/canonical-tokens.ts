import type { Token } from './token.ts';

/** The tokens that make a statement what it is: without white space and comments. Version keys hash these. */
export function canonicalTokens(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
}
