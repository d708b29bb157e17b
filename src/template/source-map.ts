import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';

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

/** A text and where its parts came from. */
export interface MappedText {
  readonly text: string;
  readonly map: SourceMap;
}

/** A file that fragments come from, and the macro calls that led there, outermost first. */
export interface Layer {
  readonly source: SourceText;
  readonly calls: readonly LayerCall[];
}

/** A macro call as offsets, made a `MacroFrame` when somebody asks. */
export interface LayerCall {
  readonly macro: string;
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}
