import { lastAtOrBefore } from '../diagnostic/offset-search.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { type Span, spanAt } from '../diagnostic/span.ts';

/** A macro call that a fragment of output came through. */
export interface MacroFrame {
  readonly macro: string;
  /** The call. */
  readonly span: Span;
}

/** Where a fragment of output came from: the template text or tag that wrote it; the innermost macro is last. */
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

/** A file that fragments come from, and the macro calls that led there. Frames are made only when somebody asks. */
export interface Layer {
  readonly source: SourceText;
  readonly frames: () => readonly MacroFrame[];
}

/** The fragments of a text in order, as columns of one table. */
export interface Fragments {
  /** Offset in the text where the fragment begins. */
  readonly starts: number[];
  /** Offset in the layer's source of the text that was copied, or of the tag that wrote the fragment. */
  readonly places: number[];
  /** Where the tag ends; `COPIED` for text that was copied as it stands. */
  readonly ends: number[];
  readonly layers: Layer[];
}

export const COPIED = -1;

/** The source map of a text of so many characters. The end of the text belongs to its last fragment. */
export function fragmentMap(fragments: Fragments, length: number): SourceMap {
  return {
    originAt(offset) {
      if (offset < 0 || offset > length) return undefined;
      return originOf(fragments, lastAtOrBefore(fragments.starts, offset), offset);
    },
  };
}

function originOf(
  { starts, places, ends, layers }: Fragments,
  index: number,
  offset: number,
): Origin | undefined {
  const start = starts[index];
  const place = places[index];
  const end = ends[index];
  const layer = layers[index];
  if (start === undefined || place === undefined || end === undefined || layer === undefined)
    return undefined;
  const { source } = layer;
  const span = end === COPIED ? wordAt(source, place + offset - start) : spanAt(source, place, end);
  return { span, stack: layer.frames() };
}

/** From the offset to the end of the word that it stands in. */
function wordAt(source: SourceText, offset: number): Span {
  const word = /^\w+/.exec(source.text.slice(offset, offset + 128))?.[0] ?? ' ';
  return spanAt(source, offset, offset + word.length);
}
