import { NotPlain } from './plain-scan.ts';

const SIMPLE_NUMBER = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
const NUMBER =
  /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** What a word without quotes means in YAML's core schema. Throws `NotPlain` for numbers that are not written plainly. */
export function plainScalar(written: string): string | number | boolean | null {
  const word = WORDS.get(written);
  if (word !== undefined) return word;
  if (SIMPLE_NUMBER.test(written)) return Number(written);
  if (NUMBER.test(written)) throw new NotPlain();
  return written;
}

/** The lines below `>`: one line break is a space, empty lines are as many line breaks. Throws `NotPlain` for deeper lines. */
export function foldedLines(lines: readonly string[]): string {
  if (lines.some((line) => line.startsWith(' '))) throw new NotPlain();
  return lines.join('\n').replace(/\n+/g, (breaks) => (breaks === '\n' ? ' ' : breaks.slice(1)));
}
