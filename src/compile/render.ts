import * as catalogue from '../diagnostic/catalogue/compile.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../diagnostic/source-text.ts';
import type { DataTestNode } from '../manifest/node.ts';
import type { TemplateContext } from '../template/context.ts';
import { evaluate, evaluateMacro } from '../template/evaluate.ts';
import type { RelationValue, TemplateValue } from '../template/helper.ts';
import type { Macro } from '../template/macro.ts';
import { parsedTemplate, releaseTemplate } from '../template/parsed-template.ts';
import { unknownMarker } from '../template/relation-marker.ts';
import type { MappedText } from '../template/source-map.ts';
import type { Compilation } from './compilation.ts';
import { sqlPlace } from './sql-place.ts';
import { type TemplatedNode, templateContext } from './template-context.ts';

/** A node's template as text with relation markers. Undefined when a mistake was reported. */
export function renderTemplate(
  compilation: Compilation,
  node: TemplatedNode,
  source: SourceText,
  report: Report = compilation.report,
): MappedText | undefined {
  return withoutMistakes(node, report, (watched) => {
    const template = parsedTemplate(source, watched);
    if (template === undefined) return undefined;
    const { context, given } = watchRelations(templateContext(compilation, node));
    const rendered = evaluate(template, context, watched);
    releaseTemplate(source);
    return { rendered, given };
  });
}

/** The text of a macro that a test calls, with values in the order of its parameters. Undefined when a mistake was reported. */
export function renderMacro(
  compilation: Compilation,
  node: DataTestNode,
  macro: Macro,
  values: readonly TemplateValue[],
): MappedText | undefined {
  const given = new Set(node.references.map(({ uniqueId }) => uniqueId));
  const context = templateContext(compilation, node);
  return withoutMistakes(node, compilation.report, (report) => ({
    rendered: evaluateMacro(macro, values, node.span, context, report),
    given,
  }));
}

interface Rendered {
  readonly rendered: MappedText;
  /** The unique ids of the relations that the template got. */
  readonly given: ReadonlySet<string>;
}

function withoutMistakes(
  node: TemplatedNode,
  report: Report,
  render: (watched: Report) => Rendered | undefined,
): MappedText | undefined {
  let mistaken = false;
  const watched: Report = (diagnostic) => {
    mistaken ||= diagnostic.severity === 'error';
    report(diagnostic);
  };
  const result = render(watched);
  if (result === undefined || mistaken) return undefined;
  const { rendered, given } = result;
  const forged = unknownMarker(rendered.text, given);
  if (forged === undefined) return rendered;
  report(catalogue.forgedRelation(sqlPlace(rendered.map.originAt(forged), node.span)));
  return undefined;
}

/** A context, and the unique ids of the relations that it gave to the template. */
function watchRelations(context: TemplateContext) {
  const given = new Set<string>();
  const noted = (relation: RelationValue) => {
    given.add(relation.uniqueId);
    return relation;
  };
  const watching: TemplateContext = {
    ...context,
    ref: (name) => noted(context.ref(name)),
    source: (source, table) => noted(context.source(source, table)),
    self: () => noted(context.self()),
  };
  return { context: watching, given };
}
