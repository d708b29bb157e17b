import { lastAtOrBefore } from '../../diagnostic/offset-search.ts';
import type { Token } from '../../dialect/token.ts';

/** A text made of tokens of which some were changed, and the way back to the text that they came from. */
export interface EditedText {
  readonly text: string;
  /** The offset in the original text of an offset in the edited one; what was put in belongs to the token it replaced. */
  readonly originalOffset: (offset: number) => number;
}

/** Tokens to be changed: the ones that mean something by number, so that white space and comments are out of the way. */
export class TokenEdits {
  readonly #all: readonly Token[];
  readonly #texts: string[];
  /** Index among all tokens of each token that means something. */
  readonly #significant: readonly number[];
  readonly #words: readonly string[];

  constructor(tokens: readonly Token[]) {
    this.#all = tokens;
    this.#texts = tokens.map(({ kind, text }) => (kind === 'comment' ? ' ' : text));
    this.#significant = [...tokens.keys()].filter((index) => !isFiller(tokens[index]));
    this.#words = this.#significant.map((index) => wordOf(tokens[index]));
  }

  get length(): number {
    return this.#significant.length;
  }

  token(at: number): Token | undefined {
    const index = this.#significant[at];
    return index === undefined ? undefined : this.#all[index];
  }

  /** The lower-case text of a word or operator; '' for anything else. */
  word(at: number): string {
    return this.#words[at] ?? '';
  }

  /** Whether a token follows the one before it with nothing between. */
  touches(at: number): boolean {
    return (this.#significant[at] ?? 0) === (this.#significant[at - 1] ?? -2) + 1;
  }

  replace(at: number, text: string): void {
    const index = this.#significant[at];
    if (index !== undefined) this.#texts[index] = text;
  }

  prepend(at: number, text: string): void {
    const index = this.#significant[at];
    if (index !== undefined) this.#texts[index] = `${text}${this.#texts[index]}`;
  }

  append(at: number, text: string): void {
    const index = this.#significant[at];
    if (index !== undefined) this.#texts[index] = `${this.#texts[index]}${text}`;
  }

  /** Takes out tokens from `from` up to, not including, `to`. */
  remove(from: number, to = from + 1): void {
    for (let at = from; at < to; at++) this.replace(at, '');
  }

  /** The closing parenthesis of the opening one at a place; the number of tokens where there is none. */
  closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.length; at++) {
      if (this.word(at) === '(') depth++;
      if (this.word(at) === ')' && --depth === 0) return at;
    }
    return this.length;
  }

  result(): EditedText {
    const starts: number[] = [];
    let length = 0;
    for (const text of this.#texts) {
      starts.push(length);
      length += text.length;
    }
    return {
      text: this.#texts.join(''),
      originalOffset: (offset) => {
        const index = lastAtOrBefore(starts, offset);
        const token = this.#all[index];
        if (token === undefined) return 0;
        const put = (this.#texts[index] ?? '').indexOf(token.text);
        const inside = offset - (starts[index] ?? 0) - Math.max(0, put);
        return token.start + Math.min(Math.max(0, inside), token.text.length);
      },
    };
  }
}

function isFiller(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'space' || token.kind === 'comment';
}

function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' || token?.kind === 'operator' ? token.text.toLowerCase() : '';
}
