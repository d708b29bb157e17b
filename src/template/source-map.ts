import type { Span } from '../diagnostic/span.ts';

/** A macro call that a fragment of output came through, innermost last. */
export interface MacroFrame {
  readonly macro: string;
  /** The call. */
  readonly span: Span;
}

/** Where a fragment of output came from: the template text or tag that wrote it. */
export interface Origin {
  readonly span: Span;
  readonly stack: readonly MacroFrame[];
}

/** A source map tells for each offset of a rendered text which place in which template wrote it. */
export interface SourceMap {
  originAt(offset: number): Origin | undefined;
}
