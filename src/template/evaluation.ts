import { throughCalls } from '../diagnostic/catalogue/template.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { formatPlace, type Span, spanAt } from '../diagnostic/span.ts';
import type { TemplateContext } from './context.ts';
import type { Macro } from './macro.ts';
import type { Outcome } from './scope.ts';
import type { Layer } from './source-map.ts';
import type { CallSyntax, Place } from './syntax.ts';
import type { Writer } from './writer.ts';

/** The evaluation of one file: the template, or a macro that it calls. */
export interface Evaluation {
  readonly context: TemplateContext;
  readonly report: Report;
  readonly layer: Layer;
  /** How many macros led here. */
  readonly depth: number;
  /** Calls are checked and not run: how branches that are not taken are looked through. */
  readonly dry: boolean;
  /** Characters that may still be written, and tags and texts that may still be evaluated; shared by all files. */
  readonly budget: { characters: number; steps: number };
  /** Renders a macro with values in the order of its parameters. */
  readonly render: MacroRenderer;
}

export type MacroRenderer = (
  evaluation: Evaluation,
  macro: Macro,
  values: readonly Outcome[],
  call: CallSyntax,
) => Writer;

/** Thrown to end an evaluation at once; its mistake has been reported. */
export class EvaluationEnded extends Error {}

export function spanIn({ layer }: Evaluation, { start, end }: Place): Span {
  return spanAt(layer.source, start, end);
}

/** Reports a mistake with the macro calls that led to it. */
export function reportIn({ layer, report }: Evaluation, diagnostic: Diagnostic): void {
  const calls = layer
    .frames()
    .map(({ macro, span }) => ({ message: `macro "${macro}" is called here`, span }));
  const shown =
    calls.length > LONGEST_STACK ? [...calls.slice(0, 1), ...calls.slice(1 - LONGEST_STACK)] : calls;
  report(throughCalls(diagnostic, shown.reverse()));
}

/** More calls than this are recursion, of which the outermost and the innermost ones tell enough. */
const LONGEST_STACK = 8;

/** A report that tells a mistake once, though a loop or several calls of a macro meet it again. */
export function reportOnce(report: Report): Report {
  const told = new Set<string>();
  return (diagnostic) => {
    const place = diagnostic.span === undefined ? '' : formatPlace(diagnostic.span);
    const mistake = `${diagnostic.code} ${place} ${diagnostic.message}`;
    if (told.has(mistake)) return;
    told.add(mistake);
    report(diagnostic);
  };
}
