import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { evaluateBlock } from './block.ts';
import { calleeNamed, calleeOf, isSimple } from './callee.ts';
import type { TemplateContext } from './context.ts';
import {
  type Evaluation,
  EvaluationEnded,
  type MacroRenderer,
  reportIn,
  reportOnce,
  spanIn,
} from './evaluation.ts';
import { helperValue, macroOutput } from './expression.ts';
import type { TemplateValue } from './helper.ts';
import type { Macro } from './macro.ts';
import { pathValue } from './path-value.ts';
import { type Outcome, parameter, type Scope, UNKNOWN } from './scope.ts';
import type { Layer, MacroFrame, MappedText } from './source-map.ts';
import type { ContentStatement, MustacheStatement, Place, Program } from './syntax.ts';
import type { Template } from './template.ts';
import { describe, printed, printingHint } from './template-value.ts';
import { Writer } from './writer.ts';

const LONGEST_OUTPUT = 10_000_000;
/** A second or two of work; a model takes some hundred. */
const MOST_STEPS = 500_000;

/**
 * Evaluates a template: its text with relations as markers, and where each part came from.
 * Goes on after a mistake, also through branches that are not taken, so that all mistakes are reported;
 * the text is of use only if none was.
 */
export function evaluate(template: Template, context: TemplateContext, report: Report): MappedText {
  return evaluateIn(template, undefined, noFrames, context, report);
}

/** Evaluates a macro that is called from outside of templates, at `call`, with values in the order of its parameters. */
export function evaluateMacro(
  { name, parameters, template }: Macro,
  values: readonly TemplateValue[],
  call: Span,
  context: TemplateContext,
  report: Report,
): MappedText {
  const scope: Scope = { outer: undefined, names: parameters.map((each) => each.name), values };
  return evaluateIn(template, scope, () => [{ macro: name, span: call }], context, report);
}

const noFrames = (): readonly MacroFrame[] => [];

function evaluateIn(
  { source, program }: Template,
  scope: Scope | undefined,
  frames: Layer['frames'],
  context: TemplateContext,
  report: Report,
): MappedText {
  const evaluation: Evaluation = {
    context,
    report: reportOnce(report),
    layer: { source, frames },
    depth: 0,
    dry: false,
    budget: { characters: LONGEST_OUTPUT, steps: MOST_STEPS },
    render: renderMacro,
  };
  const writer = new Writer();
  const beginsBehindTag = scope !== undefined;
  let lineHoldsTag = beginsBehindTag;
  try {
    lineHoldsTag = writeProgram(evaluation, program, scope, writer, beginsBehindTag);
  } catch (error) {
    if (!(error instanceof EvaluationEnded)) throw error;
  }
  return writer.finish(lineHoldsTag);
}

/** Each call of a macro is a layer of its own, which knows the calls that led to it. */
const renderMacro: MacroRenderer = (caller, macro, values, call) => {
  const { source } = macro.template;
  const frames = () => [...caller.layer.frames(), { macro: macro.name, span: spanIn(caller, call.loc) }];
  const layer: Layer = { source, frames };
  const names = macro.parameters.map((each) => each.name);
  const writer = new Writer();
  const scope: Scope = { outer: undefined, names, values };
  writeProgram({ ...caller, layer, depth: caller.depth + 1 }, macro.template.program, scope, writer, true);
  return writer;
};

/**
 * Writes a program's output. `lineHoldsTag` says of the line on which it begins whether a tag stands on it,
 * and the result the same of the line on which it ends.
 */
function writeProgram(
  evaluation: Evaluation,
  program: Program,
  scope: Scope | undefined,
  writer: Writer,
  lineHoldsTag: boolean,
): boolean {
  let held = lineHoldsTag;
  for (const statement of program.body) {
    step(evaluation, statement.loc);
    switch (statement.type) {
      case 'ContentStatement':
        held = writeContent(evaluation, statement, writer, held);
        break;
      case 'MustacheStatement':
        writeMustache(evaluation, statement, scope, writer);
        held = true;
        break;
      case 'BlockStatement':
        evaluateBlock(evaluation, statement, scope, (inner, branch, names) => {
          writeProgram(inner, branch, names, inner.dry && !evaluation.dry ? new Writer() : writer, true);
        });
        held = true;
        break;
      default:
        held = true;
    }
  }
  return held;
}

function writeContent(
  evaluation: Evaluation,
  content: ContentStatement,
  writer: Writer,
  lineHoldsTag: boolean,
): boolean {
  const { value, original, loc } = content;
  const stripped = value.length === original.length ? 0 : strippedFromStart(content);
  const newline = original.includes('\n');
  if (value !== '') {
    const tagBefore = lineHoldsTag && !(stripped > 0 && original.lastIndexOf('\n', stripped - 1) >= 0);
    writer.copy(value, loc.start + stripped, evaluation.layer, tagBefore);
    spend(evaluation, value.length, loc);
  }
  return lineHoldsTag && !newline;
}

/**
 * How many characters Handlebars took from the start: none, the rest of a line, or all white space.
 * It forgets to say so (`rightStripped`) where two rules strip one text, so the texts themselves are compared.
 */
function strippedFromStart({ value, original, rightStripped }: ContentStatement): number {
  if (rightStripped !== true && original.startsWith(value)) return 0;
  const line = /^[ \t]*\r?\n?/.exec(original)?.[0].length ?? 0;
  return original.startsWith(value, line) ? line : original.length - original.trimStart().length;
}

function writeMustache(
  evaluation: Evaluation,
  tag: MustacheStatement,
  scope: Scope | undefined,
  writer: Writer,
): void {
  const { path, params, hash } = tag;
  const bare = params.length === 0 && hash === undefined && path.type === 'PathExpression';
  if (
    bare &&
    (!isSimple(path) || parameter(scope, path.original) || !calleeNamed(evaluation, path.original))
  ) {
    print(evaluation, tag, pathValue(evaluation, path, scope, 'tag'), writer);
    return;
  }
  const callee = calleeOf(evaluation, tag, scope);
  if (callee === undefined) return;
  if (callee.kind === 'helper') {
    if (callee.helper.name !== 'config')
      print(evaluation, tag, helperValue(evaluation, callee.helper, tag, scope), writer);
    return;
  }
  const output = macroOutput(evaluation, callee, tag, scope);
  if (output !== undefined) writer.embed(output);
}

function print(evaluation: Evaluation, tag: MustacheStatement, value: Outcome, writer: Writer): void {
  if (value === UNKNOWN) return;
  const text = printed(value);
  if (text === undefined) {
    const span = spanIn(evaluation, tag.loc);
    reportIn(evaluation, catalogue.notPrintable({ what: describe(value), hint: printingHint(value), span }));
    return;
  }
  writer.print(text, tag.loc.start, tag.loc.end, evaluation.layer);
  spend(evaluation, text.length, tag.loc);
}

function spend(evaluation: Evaluation, length: number, place: Place): void {
  evaluation.budget.characters -= length;
  if (evaluation.budget.characters >= 0) return;
  reportIn(evaluation, catalogue.outputTooLong({ limit: LONGEST_OUTPUT, span: spanIn(evaluation, place) }));
  throw new EvaluationEnded();
}

function step(evaluation: Evaluation, place: Place): void {
  if (--evaluation.budget.steps >= 0) return;
  reportIn(evaluation, catalogue.tooManySteps({ limit: MOST_STEPS, span: spanIn(evaluation, place) }));
  throw new EvaluationEnded();
}
