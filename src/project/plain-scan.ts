/** Thrown where a text is beyond what the reader of plain YAML knows; the whole grammar reads it then. */
export class NotPlain extends Error {}

/** The first offset from here on that holds no space. */
export function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ') at++;
  return at;
}

/** Where the line of an offset ends: at its line break, or at the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** What a sticky pattern matches at an offset. */
export function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/** What a sticky pattern matches at an offset; throws `NotPlain` where it does not. */
export function expectAt(pattern: RegExp, text: string, offset: number): string {
  const written = matchAt(pattern, text, offset);
  if (written === undefined) throw new NotPlain();
  return written;
}
