import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { YamlValue } from '../project/project.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Reference } from './node.ts';
import { type NodeIndex, resolve } from './node-index.ts';
import { readFacts } from './template-facts.ts';

/** The references in the template tags of a value's texts; mistakes in them are reported at the value. */
export function embeddedReferences(
  value: YamlValue | undefined,
  span: Span,
  index: NodeIndex,
  report: Report,
): Reference[] {
  if (typeof value === 'string') return value.includes('{{') ? referencesIn(value, span, index, report) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: YamlValue) => embeddedReferences(item, span, index, report));
}

function referencesIn(text: string, span: Span, index: NodeIndex, report: Report): Reference[] {
  const atValue: Report = (diagnostic) => report({ ...diagnostic, span });
  const template = parseTemplate({ path: span.source.path, text }, atValue);
  if (template === undefined) return [];
  const { references } = readFacts(template, index.macros, atValue);
  return references.flatMap((reference) => resolve(reference, span, index, report) ?? []);
}
