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

/** The index of the innermost parenthesis that is open before `at`, or that `at` closes; -1 where there is none. */
export function openingParenthesis(tokens: readonly Pick<Token, 'text'>[], at: number): number {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    if (tokens[index]?.text === ')') depth++;
    if (tokens[index]?.text === '(' && depth-- === 0) return index;
  }
  return -1;
}
