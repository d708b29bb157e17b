import * as catalogue from '../diagnostic/catalogue/template.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { checkShape, convertArgument } from './argument.ts';
import { type Callee, calleeOf } from './callee.ts';
import type { ContextHelper } from './context.ts';
import { type Evaluation, EvaluationEnded, reportIn, spanIn } from './evaluation.ts';
import { type HelperCall, HelperError, type Parameter, type TemplateValue } from './helper.ts';
import { macroBody } from './macro.ts';
import { pathValue } from './path-value.ts';
import { type Outcome, type Scope, UNKNOWN } from './scope.ts';
import type { CallSyntax, Expression } from './syntax.ts';
import type { Writer } from './writer.ts';

/** Macros may call each other so deep. */
const DEEPEST_MACRO = 50;

/** The value of an argument. */
export function evaluateExpression(
  evaluation: Evaluation,
  expression: Expression,
  scope: Scope | undefined,
): Outcome {
  switch (expression.type) {
    case 'SubExpression': {
      const callee = calleeOf(evaluation, expression, scope);
      return callee === undefined ? UNKNOWN : callValue(evaluation, callee, expression, scope);
    }
    case 'PathExpression':
      return pathValue(evaluation, expression, scope, 'argument');
    default:
      return expression.value;
  }
}

/** The value of a call; a macro's is its text. */
function callValue(
  evaluation: Evaluation,
  callee: Callee,
  call: CallSyntax,
  scope: Scope | undefined,
): Outcome {
  if (callee.kind === 'helper') return helperValue(evaluation, callee.helper, call, scope);
  return macroOutput(evaluation, callee, call, scope)?.trimmed() ?? UNKNOWN;
}

/** Calls a helper with checked arguments. */
export function helperValue(
  evaluation: Evaluation,
  helper: ContextHelper,
  call: CallSyntax,
  scope: Scope | undefined,
): Outcome {
  const fits = checkShape(evaluation, call, helper);
  const positional = call.params.map((param) => evaluateExpression(evaluation, param, scope));
  const named = call.hash?.pairs.map(({ value }) => evaluateExpression(evaluation, value, scope)) ?? [];
  if (!fits || evaluation.dry) return UNKNOWN;
  const converted = convertAll(evaluation, helper, call, positional, named);
  return converted === undefined ? UNKNOWN : runHelper(evaluation, helper, call, converted);
}

type Arguments = Pick<HelperCall, 'positional' | 'named'>;

function convertAll(
  evaluation: Evaluation,
  { name, parameters, named: namedParameters = [] }: ContextHelper,
  { params, hash }: CallSyntax,
  positional: readonly Outcome[],
  named: readonly Outcome[],
): Arguments | undefined {
  let complete = true;
  const convert = (
    parameter: Parameter | undefined,
    value: Outcome,
    expression: Expression,
  ): TemplateValue => {
    const converted =
      value === UNKNOWN || parameter === undefined
        ? undefined
        : convertArgument(evaluation, name, parameter, value, expression.loc);
    if (converted === undefined) complete = false;
    return converted?.value;
  };
  const values = params.map((param, i) => convert(parameters[i] ?? parameters.at(-1), positional[i], param));
  const byName: Record<string, TemplateValue> = {};
  hash?.pairs.forEach(({ key, value }, i) => {
    byName[key] = convert(
      namedParameters.find((parameter) => parameter.name === key),
      named[i],
      value,
    );
  });
  return complete ? { positional: values, named: byName } : undefined;
}

function runHelper(
  evaluation: Evaluation,
  helper: ContextHelper,
  { loc }: CallSyntax,
  { positional, named }: Arguments,
): Outcome {
  const call: HelperCall = {
    positional,
    named,
    get span() {
      return spanIn(evaluation, loc);
    },
  };
  try {
    return helper.run(call, evaluation.context);
  } catch (error) {
    reportThrown(evaluation, helper.name, error, call);
    return UNKNOWN;
  }
}

function reportThrown(evaluation: Evaluation, name: string, error: unknown, { span }: HelperCall): void {
  if (error instanceof EvaluationEnded) throw error;
  if (error instanceof DiagnosticError) {
    for (const diagnostic of error.diagnostics) reportIn(evaluation, diagnostic);
  } else if (error instanceof HelperError) {
    const { message, hint } = error;
    reportIn(evaluation, catalogue.refusedCall({ name, message, hint, span }));
  } else {
    const message = error instanceof Error ? error.message : String(error);
    reportIn(evaluation, catalogue.failedCall({ name, message, span }));
  }
}

/** Renders a macro; undefined after a mistake, and where calls are not run. */
export function macroOutput(
  evaluation: Evaluation,
  { name, bodies }: Callee & { readonly kind: 'macro' },
  call: CallSyntax,
  scope: Scope | undefined,
): Writer | undefined {
  const { context, depth } = evaluation;
  const adapter = context.dialect.name;
  const macro = macroBody(bodies, adapter);
  if (macro === undefined) {
    const others = bodies.map((body) => body.adapter ?? '');
    const span = spanIn(evaluation, call.loc);
    reportIn(evaluation, catalogue.noBodyForAdapter({ name, adapter, bodies: others, span }));
    return undefined;
  }
  const { parameters } = macro;
  const signature = { name, parameters: parameters.map(anyParameter), byName: true };
  const fits = checkShape(evaluation, call, signature);
  const positional = call.params.map((param) => evaluateExpression(evaluation, param, scope));
  const named = new Map<string, Outcome>(
    call.hash?.pairs.map(({ key, value }) => [key, evaluateExpression(evaluation, value, scope)]),
  );
  if (!fits || evaluation.dry) return undefined;
  if (depth >= DEEPEST_MACRO) {
    const span = spanIn(evaluation, call.loc);
    reportIn(evaluation, catalogue.macrosTooDeep({ name, limit: DEEPEST_MACRO, span }));
    throw new EvaluationEnded();
  }
  const values = parameters.map((parameter, i): Outcome => {
    if (i < positional.length) return positional[i];
    return named.has(parameter.name) ? named.get(parameter.name) : parameter.default;
  });
  return evaluation.render(evaluation, macro, values, call);
}

function anyParameter({ name, optional }: { readonly name: string; readonly optional: boolean }): Parameter {
  return { name, type: 'any', optional };
}
