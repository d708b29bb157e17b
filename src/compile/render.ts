import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import type { DataTestNode, ModelNode } from '../manifest/node.ts';
import { evaluate } from '../template/evaluate.ts';
import { parsedTemplate, releaseTemplate } from '../template/parsed-template.ts';
import type { MappedText } from '../template/source-map.ts';
import type { Compilation } from './compilation.ts';
import { templateContext } from './template-context.ts';

/** A node's template as text with relation markers. Undefined when a mistake was reported. */
export function renderTemplate(
  compilation: Compilation,
  node: ModelNode | DataTestNode,
  source: SourceText,
  report: Report = compilation.report,
): MappedText | undefined {
  let mistaken = false;
  const watched: Report = (diagnostic) => {
    mistaken ||= diagnostic.severity === 'error';
    report(diagnostic);
  };
  const template = parsedTemplate(source, watched);
  if (template === undefined) return undefined;
  const rendered = evaluate(template, templateContext(compilation, node), watched);
  releaseTemplate(source);
  return mistaken ? undefined : rendered;
}
