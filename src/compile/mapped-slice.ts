import type { MappedText, Origin } from '../template/source-map.ts';

/** A stretch of a mapped text, from offset `start` up to, not including, `end`. */
export function mappedSlice(whole: MappedText, start: number, end: number): MappedText {
  return {
    text: whole.text.slice(start, end),
    map: { originAt: (offset) => whole.map.originAt(start + offset) },
  };
}

/** A text that one place wrote as a whole; without an origin, text that nobody wrote. */
export function writtenBy(text: string, origin: Origin | undefined): MappedText {
  return { text, map: { originAt: () => origin } };
}

/** Mapped texts one behind the other. */
export function mappedJoin(parts: readonly MappedText[]): MappedText {
  return {
    text: parts.map((part) => part.text).join(''),
    map: { originAt: (offset) => originAmong(parts, offset) },
  };
}

function originAmong(parts: readonly MappedText[], offset: number): Origin | undefined {
  let start = 0;
  for (const part of parts) {
    if (offset < start + part.text.length) return part.map.originAt(offset - start);
    start += part.text.length;
  }
  return undefined;
}
