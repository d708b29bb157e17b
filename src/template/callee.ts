import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { ContextHelper } from './context.ts';
import { type Evaluation, reportIn, spanIn } from './evaluation.ts';
import type { Macro } from './macro.ts';
import { parameter, type Scope } from './scope.ts';
import { type CallSyntax, isItemPath, type PathExpression } from './syntax.ts';

/** What a call calls. */
export type Callee =
  | { readonly kind: 'helper'; readonly helper: ContextHelper }
  | { readonly kind: 'macro'; readonly name: string; readonly bodies: readonly Macro[] };

/** The helper or macro of a name. */
export function calleeNamed({ context }: Evaluation, name: string): Callee | undefined {
  const helper = context.helpers.get(name);
  if (helper !== undefined) return { kind: 'helper', helper };
  const bodies = context.macros.macros.get(name);
  return bodies === undefined ? undefined : { kind: 'macro', name, bodies };
}

/** What a call with arguments calls; where that is nothing, a report and undefined. */
export function calleeOf(
  evaluation: Evaluation,
  call: CallSyntax,
  scope: Scope | undefined,
): Callee | undefined {
  const { path } = call;
  const called = path.type === 'PathExpression' && isSimple(path) ? path.original : undefined;
  const isParameter = called !== undefined && parameter(scope, called) !== undefined;
  const callee = called === undefined || isParameter ? undefined : calleeNamed(evaluation, called);
  if (callee === undefined) reportIn(evaluation, notCallable(evaluation, path, isParameter));
  return callee;
}

function notCallable(evaluation: Evaluation, path: CallSyntax['path'], isParameter: boolean): Diagnostic {
  const span = spanIn(evaluation, path.loc);
  if (path.type !== 'PathExpression') return catalogue.literalAsName({ span });
  const name = path.original;
  if (isParameter) return catalogue.parameterCalled({ name, span });
  return catalogue.unknownHelper({ name, span, candidates: callableNames(evaluation) });
}

/** Whether a path is one name. */
export function isSimple(path: PathExpression): boolean {
  return path.parts.length === 1 && !path.data && path.depth === 0 && !isItemPath(path);
}

/** All names that can be called, for suggestions. */
export function callableNames({ context }: Evaluation): readonly string[] {
  return [...context.macros.macros.keys(), ...context.helpers.keys()];
}
