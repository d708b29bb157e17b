import { Document, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { YamlValue } from './project.ts';

/** A value as an item of a list in YAML, with a line feed at the end; mappings that hold only scalars stand on one line each. */
export function yamlItem(value: YamlValue): string {
  const document = new Document([value]);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && /[\r\n]/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
    Map: (_, node) => {
      if (node.items.every((pair) => isScalar(pair.value))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedAsJSON: true });
}

/**
 * YAML with an item (as `yamlItem` writes it) at the end of the list that a key of its top mapping holds; the key is added where
 * there is none. Everything else stays as it is, to the byte. Undefined where the text has no such mapping, or its list is written
 * in brackets.
 */
export function withItem(text: string, key: string, item: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return `${ended(text)}${key}:\n${indented(item, 2)}`;
  if (!isMap(document.contents)) return undefined;
  if (!document.has(key)) {
    if (document.contents.flow === true) return undefined;
    return `${ended(text)}\n${key}:\n${indented(item, 2)}`;
  }
  const list = document.get(key, true);
  const [first] = isSeq(list) ? list.items : [];
  if (!isSeq(list) || list.flow === true || first === undefined || list.range == null) return undefined;
  const column = dashColumn(text, list.range[0]);
  const end = behindComments(text, lineEnd(text, lastOffset(list)), column);
  return `${ended(text.slice(0, end))}\n${indented(item, column)}${text.slice(end)}`;
}

/** The range of a list in block style begins at its first dash. */
function dashColumn(text: string, dash: number): number {
  return dash - (text.lastIndexOf('\n', dash - 1) + 1);
}

/** Where the last value in a node ends; its own range holds comments behind that. */
function lastOffset(node: unknown): number {
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  const value =
    last !== undefined && typeof last === 'object' && last !== null && 'value' in last && !isNode(last)
      ? last.value
      : last;
  const isFlow = (isMap(node) || isSeq(node)) && node.flow === true;
  if (value !== undefined && value !== null && !isFlow) return lastOffset(value);
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

/** The end of the line, behind its line feed; a place at the beginning of a line is the end of the one before. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed + 1;
}

/** Comments that are indented further than a list's dashes belong to its last item. */
function behindComments(text: string, offset: number, column: number): number {
  const [comments = ''] = new RegExp(`^(?: {${column + 1},}#.*\n)*`).exec(text.slice(offset)) ?? [];
  return offset + comments.length;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function indented(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}
