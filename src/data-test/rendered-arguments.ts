import type { Compilation } from '../compile/compilation.ts';
import { renderTemplate } from '../compile/render.ts';
import type { DataTestNode, GenericTest } from '../manifest/node.ts';
import type { YamlValue } from '../project/project.ts';
import { holdsMarkerCharacters } from '../template/relation-marker.ts';

/** The arguments of a test with the template tags in their texts evaluated; undefined when a mistake was reported. */
export function renderArguments(
  compilation: Compilation,
  node: DataTestNode,
  test: GenericTest,
  relationArguments: readonly string[],
): Readonly<Record<string, YamlValue>> | undefined {
  const rendered: Record<string, YamlValue> = {};
  for (const [name, value] of Object.entries(test.arguments)) {
    const isRelation = relationArguments.includes(name);
    const result = isRelation ? value : renderValue(compilation, node, value);
    if (result === undefined) return undefined;
    rendered[name] = result;
  }
  return rendered;
}

function renderValue(compilation: Compilation, node: DataTestNode, value: YamlValue): YamlValue | undefined {
  if (typeof value === 'string') return renderText(compilation, node, value);
  if (!isList(value)) return value;
  const items = value.map((item) => renderValue(compilation, node, item));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** A text of the test's YAML entry, its template tags evaluated; mistakes in it are shown at `span`. */
export function renderText(
  compilation: Compilation,
  node: DataTestNode,
  text: string,
  span = node.span,
): string | undefined {
  if (!text.includes('{{') && !holdsMarkerCharacters(text)) return text;
  return renderTemplate(compilation, node, { path: node.path, text }, (diagnostic) =>
    compilation.report({ ...diagnostic, span }),
  )?.text;
}
