import { keyAt, listNode, mapNode, type PlainNode } from './plain-node.ts';
import { plainScalar } from './plain-scalar.ts';
import { expectAt, NotPlain, skipSpaces } from './plain-scan.ts';

/** A value, and the offset behind it. */
interface FlowValue {
  readonly node: PlainNode;
  readonly next: number;
}

const SINGLE_QUOTED = /'(?:[^'\n]|'')*'/y;
const DOUBLE_QUOTED = /"(?:[^"\\\n]|\\["\\nt])*"/y;
const WORDS = /(?:[\w(<./=+~$]|-(?=[\w.]))(?:[^,[\]{}\n#:]|:(?=[\w/]))*/y;

/** Reads a value within its line: quoted, `[…]`, `{…}`, or words as they may stand in brackets. Throws `NotPlain`. */
export function readFlow(text: string, start: number): FlowValue {
  switch (text[start]) {
    case '[':
      return readList(text, start);
    case '{':
      return readMap(text, start);
    case "'":
      return scalar(start, expectAt(SINGLE_QUOTED, text, start), (written) =>
        written.slice(1, -1).replaceAll("''", "'"),
      );
    case '"':
      return scalar(start, expectAt(DOUBLE_QUOTED, text, start), (written) => JSON.parse(written) as string);
    default:
      return scalar(start, expectAt(WORDS, text, start).trimEnd(), plainScalar);
  }
}

function readList(text: string, start: number): FlowValue {
  const items: PlainNode[] = [];
  const next = readEntries(text, start, ']', (at) => {
    const item = readFlow(text, at);
    items.push(item.node);
    return item.next;
  });
  return { node: listNode(items, start, next), next };
}

function readMap(text: string, start: number): FlowValue {
  const pairs = new Map<string, { start: number; end: number; node: PlainNode }>();
  const next = readEntries(text, start, '}', (at) => {
    const key = keyAt(text, at, pairs);
    if (key === undefined) throw new NotPlain();
    const end = at + key.length;
    const value = readFlow(text, skipSpaces(text, end + 1));
    pairs.set(key, { start: at, end, node: value.node });
    return value.next;
  });
  return { node: mapNode(pairs, start, next), next };
}

/** Reads what stands between brackets, with a comma between two entries, and gives the offset behind the closing one. */
function readEntries(text: string, start: number, close: string, read: (at: number) => number): number {
  let at = skipSpaces(text, start + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skipSpaces(text, read(at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') throw new NotPlain();
    at = skipSpaces(text, at + 1);
  }
}

function scalar(start: number, written: string, meaning: (written: string) => PlainNode['value']): FlowValue {
  const next = start + written.length;
  return { node: { value: meaning(written), start, end: next }, next };
}
