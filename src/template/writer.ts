import { COPIED, type Fragments, fragmentMap, type Layer, type MappedText } from './source-map.ts';

/** A piece of output, and where it came from. */
interface Piece {
  readonly text: string;
  readonly place: number;
  readonly end: number;
  readonly layer: Layer;
}

/**
 * Takes output piece by piece, remembers where each came from, and drops blank lines that tags left behind.
 * White space at the start of a line is held back until the line proves to hold something.
 */
export class Writer {
  #text = '';
  #held: Piece[] = [];
  #lineIsBlank = true;
  readonly #fragments: Fragments = { starts: [], places: [], ends: [], layers: [] };

  /**
   * Copies template text that stands at `place`.
   * `lineHoldsTag`: a tag stands before it on its first line; if that line comes out blank, it is dropped.
   */
  copy(text: string, place: number, layer: Layer, lineHoldsTag: boolean): void {
    const lineEnd = lineHoldsTag && this.#lineIsBlank ? text.indexOf('\n') + 1 : 0;
    if (lineEnd > 0 && isBlank(text, 0, lineEnd)) {
      this.#held = [];
      this.#add(text.slice(lineEnd), place + lineEnd, COPIED, layer);
    } else {
      this.#add(text, place, COPIED, layer);
    }
  }

  /** Writes what the tag from `start` to `end` printed. */
  print(text: string, start: number, end: number, layer: Layer): void {
    this.#add(text, start, end, layer);
  }

  /** Writes what another writer took, without the white space around it. */
  embed(inner: Writer): void {
    const text = inner.#text;
    const from = text.length - text.trimStart().length;
    const trimmed = text.trim();
    if (trimmed === '') return;
    this.#release();
    const shift = this.#text.length - from;
    const { starts, places, ends, layers } = inner.#fragments;
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i] ?? 0;
      const next = starts[i + 1] ?? text.length;
      const layer = layers[i];
      if (next <= from || start >= from + trimmed.length || layer === undefined) continue;
      const cut = Math.max(0, from - start);
      const end = ends[i] ?? COPIED;
      this.#fragment(start + cut + shift, (places[i] ?? 0) + (end === COPIED ? cut : 0), end, layer);
    }
    this.#text += trimmed;
    this.#lineIsBlank = false;
  }

  /** The text without the white space around it. */
  trimmed(): string {
    return this.#text.trim();
  }

  /** The text as a file: no blank lines at its start. `lastLineHoldsTag`: see `copy`. */
  finish(lastLineHoldsTag: boolean): MappedText {
    if (!(lastLineHoldsTag && this.#lineIsBlank)) this.#release();
    const whole = this.#text;
    const from = /^(?:[^\S\n]*\n)*/.exec(whole)?.[0].length ?? 0;
    const text = whole.slice(from);
    const map = fragmentMap(this.#fragments, whole.length);
    return {
      text,
      map:
        from === 0 ? map : { originAt: (offset) => (offset < 0 ? undefined : map.originAt(offset + from)) },
    };
  }

  #add(text: string, place: number, end: number, layer: Layer): void {
    if (text === '') return;
    const lastLine = text.lastIndexOf('\n') + 1;
    const endsBlank = isBlank(text, lastLine, text.length);
    if (lastLine > 0 || !endsBlank || !this.#lineIsBlank) {
      const now = endsBlank && lastLine > 0 ? text.slice(0, lastLine) : text;
      this.#release();
      this.#fragment(this.#text.length, place, end, layer);
      this.#text += now;
      this.#lineIsBlank = endsBlank && lastLine > 0;
      if (now.length < text.length)
        this.#hold(text.slice(lastLine), end === COPIED ? place + lastLine : place, end, layer);
    } else {
      this.#hold(text, place, end, layer);
    }
  }

  #hold(text: string, place: number, end: number, layer: Layer): void {
    this.#held.push({ text, place, end, layer });
  }

  #release(): void {
    if (this.#held.length === 0) return;
    for (const { text, place, end, layer } of this.#held) {
      this.#fragment(this.#text.length, place, end, layer);
      this.#text += text;
    }
    this.#held = [];
  }

  #fragment(start: number, place: number, end: number, layer: Layer): void {
    const { starts, places, ends, layers } = this.#fragments;
    starts.push(start);
    places.push(place);
    ends.push(end);
    layers.push(layer);
  }
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const blank = code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
    if (!blank) return false;
  }
  return true;
}
