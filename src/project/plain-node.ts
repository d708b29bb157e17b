import { matchAt, NotPlain } from './plain-scan.ts';
import type { YamlValue } from './project.ts';

/** A value of a YAML text and where it was written, as offsets: of a mapping its first key, of a list its first line. */
export interface PlainNode {
  readonly value: YamlValue;
  readonly start: number;
  readonly end: number;
  readonly pairs?: PlainPairs;
  readonly items?: readonly PlainNode[];
}

/** The values of a mapping, each with the place of its key. */
export type PlainPairs = ReadonlyMap<
  string,
  { readonly start: number; readonly end: number; readonly node: PlainNode }
>;

const KEY = /[A-Za-z_+][\w.+-]{0,99}(?=:(?:[ \n]|$))/y;
const WORD = /^(?:null|true|false|__proto__)$/i;

/** The key that stands at an offset, if it is a simple one. Throws `NotPlain` where the mapping has it already. */
export function keyAt(text: string, offset: number, pairs?: PlainPairs): string | undefined {
  const key = matchAt(KEY, text, offset);
  if (key !== undefined && (WORD.test(key) || pairs?.has(key))) throw new NotPlain();
  return key;
}

/** A mapping; an empty one has its own place. */
export function mapNode(pairs: PlainPairs, start: number, end: number): PlainNode {
  const value: Record<string, YamlValue> = {};
  for (const [key, { node }] of pairs) value[key] = node.value;
  const [first = { start, end }] = pairs.values();
  return { value, start: first.start, end: first.end, pairs };
}

/** A list. */
export function listNode(items: readonly PlainNode[], start: number, end: number): PlainNode {
  return { value: items.map((item) => item.value), start, end, items };
}
