import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import { spanAt } from '../diagnostic/span.ts';
import type { PlainNode } from './plain-node.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { parseWholeYaml } from './whole-yaml.ts';
import type { YamlDocument, YamlPath } from './yaml-document.ts';

/**
 * Reads a YAML file: YAML 1.2 with merge keys (`<<`), one document, text keys.
 * Syntax errors, duplicate keys, aliases that multiply, and numbers that lose digits are reported; then there is no document.
 * An empty file is `null`.
 */
export function parseYaml(source: SourceText, report: Report): YamlDocument | undefined {
  const root = readPlainYaml(source.text);
  return root === undefined ? parseWholeYaml(source, report) : plainDocument(source, root);
}

function plainDocument(source: SourceText, root: PlainNode): YamlDocument {
  const find = (path: YamlPath) => {
    let found: Found = { key: root, node: root };
    for (const step of path) {
      const next = childOf(found.node, step);
      if (next === undefined) return { ...found, whole: false };
      found = next;
    }
    return { ...found, whole: true };
  };
  const place = ({ start, end }: Place) => spanAt(source, start, end);
  return {
    source,
    value: root.value,
    spanAt: (path) => {
      const { key, node, whole } = find(path);
      return place(whole && node.end > node.start ? node : key);
    },
    keySpanAt: (path) => place(find(path).key),
  };
}

interface Found {
  readonly key: Place;
  readonly node: PlainNode;
}

type Place = Pick<PlainNode, 'start' | 'end'>;

function childOf({ items, pairs }: PlainNode, step: PropertyKey): Found | undefined {
  const item = items?.[Number(step)];
  if (item !== undefined) return { key: item, node: item };
  const pair = pairs?.get(String(step));
  return pair === undefined ? undefined : { key: pair, node: pair.node };
}
