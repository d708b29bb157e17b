import { readFlow } from './plain-flow.ts';
import { keyAt, listNode, mapNode, type PlainNode } from './plain-node.ts';
import { foldedLines, plainScalar } from './plain-scalar.ts';
import { expectAt, lineEnd, NotPlain, skipSpaces } from './plain-scan.ts';

/**
 * Reads the YAML that nearly every file is written in, in a fraction of the time that the whole grammar takes: mappings and
 * lists in blocks, simple keys, values on one line (plain, quoted, `[…]`, `{…}`), and texts below `|` and `>`.
 * Undefined for a text with anything else, right or wrong: anchors, tags, values over several lines, duplicate keys, mistakes.
 */
export function readPlainYaml(text: string): PlainNode | undefined {
  if (UNUSUAL_CHARACTER.test(text)) return undefined;
  try {
    return new PlainReader(text).read();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

const UNUSUAL_CHARACTER = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const BLOCK_HEADER = /[|>]-?(?= *(?:\n|$))/y;
const PLAIN_START = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[\w.]))/;

/** Goes through a text line by line; behind every value it stands at the next line that holds something. */
class PlainReader {
  private readonly text: string;
  /** Where the rest of the line begins that is to be read, and in which column; no line is left in column -1. */
  private start = 0;
  private column = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): PlainNode {
    this.standAtLine(0);
    if (this.column < 0) throw new NotPlain();
    const root = this.readBlock();
    if (this.column >= 0) throw new NotPlain();
    return root;
  }

  private readBlock(): PlainNode {
    return this.isDash() ? this.readList(this.column) : this.readMap(this.column);
  }

  private readList(column: number): PlainNode {
    const { start } = this;
    const items: PlainNode[] = [];
    while (this.column === column && this.isDash()) items.push(this.readItem(column));
    if (this.column > column) throw new NotPlain();
    return listNode(items, start, lineEnd(this.text, start));
  }

  private readItem(column: number): PlainNode {
    const content = skipSpaces(this.text, this.start + 1);
    if (keyAt(this.text, content) === undefined) return this.readInline(content, column);
    this.column += content - this.start;
    this.start = content;
    return this.readMap(this.column);
  }

  private readMap(column: number): PlainNode {
    const pairs = new Map<string, { start: number; end: number; node: PlainNode }>();
    while (this.column === column) {
      const { start } = this;
      const key = keyAt(this.text, start, pairs);
      if (key === undefined) throw new NotPlain();
      const end = start + key.length;
      pairs.set(key, { start, end, node: this.readValue(end + 1, column) });
    }
    if (this.column > column) throw new NotPlain();
    return mapNode(pairs, 0, 0);
  }

  /** What stands behind a key: on its line, below it, or nothing. */
  private readValue(start: number, column: number): PlainNode {
    const content = skipSpaces(this.text, start);
    if (!this.isBlank(content)) return this.readInline(content, column);
    this.standAtLine(lineEnd(this.text, content) + 1);
    if (this.column > column) return this.readBlock();
    if (this.column === column && this.isDash()) return this.readList(column);
    return { value: null, start, end: start };
  }

  private readInline(start: number, column: number): PlainNode {
    const first = this.text[start] ?? '';
    if (first === '|' || first === '>') return this.readBlockText(start, column);
    const { node, next } = '[{\'"'.includes(first) ? readFlow(this.text, start) : this.readPlain(start);
    const rest = skipSpaces(this.text, next);
    if (!this.isBlank(rest) || (this.text[rest] === '#' && rest === next)) throw new NotPlain();
    this.standAtLine(lineEnd(this.text, rest) + 1);
    if (this.column > column) throw new NotPlain();
    return node;
  }

  private readPlain(start: number) {
    const line = this.text.slice(start, lineEnd(this.text, start));
    const comment = line.indexOf(' #');
    const written = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    if (!PLAIN_START.test(written) || written.endsWith(':') || written.includes(': ')) throw new NotPlain();
    const next = start + written.length;
    return { node: { value: plainScalar(written), start, end: next }, next };
  }

  /** A text in lines of its own below `|` or `>`. */
  private readBlockText(start: number, column: number): PlainNode {
    const header = expectAt(BLOCK_HEADER, this.text, start);
    const end = lineEnd(this.text, start);
    const lines = this.readLinesBelow(end + 1, column);
    const content = header.startsWith('|') ? lines.join('\n') : foldedLines(lines);
    return { value: header.endsWith('-') ? content : `${content}\n`, start, end };
  }

  /** The lines that stand deeper than a column, without their indentation and without the empty ones at the end. */
  private readLinesBelow(first: number, column: number): readonly string[] {
    const indent = skipSpaces(this.text, first) - first;
    if (indent <= column) throw new NotPlain();
    const lines: string[] = [];
    let at = first;
    for (; at < this.text.length; at = lineEnd(this.text, at) + 1) {
      const line = this.text.slice(at, lineEnd(this.text, at));
      const content = skipSpaces(line, 0);
      if (content === line.length && content > 0) throw new NotPlain();
      if (content < indent && content < line.length) break;
      lines.push(line.slice(indent));
    }
    while (lines.at(-1) === '') lines.pop();
    this.standAtLine(at);
    if (lines.length === 0 || this.column > column) throw new NotPlain();
    return lines;
  }

  private standAtLine(offset: number): void {
    let line = offset;
    while (line < this.text.length) {
      const content = skipSpaces(this.text, line);
      if (!this.isBlank(content)) {
        this.start = content;
        this.column = content - line;
        return;
      }
      line = lineEnd(this.text, content) + 1;
    }
    this.column = -1;
  }

  /** Whether nothing but a comment stands there. */
  private isBlank(at: number): boolean {
    const character = this.text[at];
    return character === undefined || character === '\n' || character === '#';
  }

  private isDash(): boolean {
    return this.text[this.start] === '-' && this.text[this.start + 1] === ' ';
  }
}
