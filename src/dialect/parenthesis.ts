import type { Token } from './token.ts';

/** The index of the parenthesis that closes the one at `open`; the number of tokens where none does. */
export function closingParenthesis(tokens: readonly Pick<Token, 'text'>[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at;
  }
  return tokens.length;
}
