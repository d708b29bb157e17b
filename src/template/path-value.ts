import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { callableNames, calleeNamed, isSimple } from './callee.ts';
import { type Evaluation, reportIn, spanIn } from './evaluation.ts';
import {
  currentItem,
  currentRound,
  type Outcome,
  parameter,
  parameterNames,
  type Scope,
  UNKNOWN,
} from './scope.ts';
import { isItemPath, type PathExpression } from './syntax.ts';
import { describe, isMap, isRelation } from './template-value.ts';

/** Where a path stands: what an unknown name could have been meant for differs. */
export type PathUse = 'argument' | 'tag';

/** The value of a path: a parameter, the item of a block, a property of one of them, or `@index` and its like. */
export function pathValue(
  evaluation: Evaluation,
  path: PathExpression,
  scope: Scope | undefined,
  use: PathUse,
): Outcome {
  const found = path.depth > 0 ? undefined : rootOf(path, scope);
  if (found !== undefined) return propertyOf(evaluation, path, found.value, found.rest);
  reportIn(evaluation, nothingThere(evaluation, path, scope, use));
  return UNKNOWN;
}

interface Root {
  readonly value: Outcome;
  /** The parts of the path that name properties of the value. */
  readonly rest: readonly string[];
}

function rootOf(path: PathExpression, scope: Scope | undefined): Root | undefined {
  const { parts, data } = path;
  const [head = '', ...rest] = parts;
  if (data) return roundValue(head, scope, rest);
  const item = currentItem(scope);
  if (isItemPath(path)) return item && { value: item.value, rest: parts };
  const named = parameter(scope, head);
  if (named !== undefined) return { value: named.value, rest };
  return item !== undefined && mayHave(item.value, head) ? { value: item.value, rest: parts } : undefined;
}

function roundValue(name: string, scope: Scope | undefined, rest: readonly string[]): Root | undefined {
  const round = currentRound(scope);
  if (round === undefined) return undefined;
  switch (name) {
    case 'index':
    case 'key':
    case 'first':
    case 'last':
      return { value: round[name], rest };
    default:
      return undefined;
  }
}

function mayHave(value: Outcome, name: string): boolean {
  return value === UNKNOWN || (isMap(value) && !isRelation(value) && Object.hasOwn(value, name));
}

function propertyOf(
  evaluation: Evaluation,
  path: PathExpression,
  root: Outcome,
  names: readonly string[],
): Outcome {
  let value = root;
  for (const name of names) {
    if (value === UNKNOWN) return UNKNOWN;
    const next = property(value, name);
    if (next === undefined) {
      const span = spanIn(evaluation, path.loc);
      const candidates = isMap(value) && !isRelation(value) ? Object.keys(value) : [];
      reportIn(evaluation, catalogue.noSuchProperty({ name, of: describe(value), span, candidates }));
      return UNKNOWN;
    }
    value = next.value;
  }
  return value;
}

function property(
  value: Exclude<Outcome, typeof UNKNOWN>,
  name: string,
): { readonly value: Outcome } | undefined {
  if (Array.isArray(value)) {
    if (name === 'length') return { value: value.length };
    return /^\d+$/.test(name) && Number(name) < value.length ? { value: value[Number(name)] } : undefined;
  }
  return isMap(value) && !isRelation(value) && Object.hasOwn(value, name)
    ? { value: value[name] }
    : undefined;
}

function nothingThere(
  evaluation: Evaluation,
  path: PathExpression,
  scope: Scope | undefined,
  use: PathUse,
): Diagnostic {
  const span = spanIn(evaluation, path.loc);
  const name = path.original;
  if (path.depth > 0) return catalogue.parentPath({ path: name, span });
  if (path.data) return catalogue.unknownDataName({ name: name.slice(1), span });
  if (isItemPath(path)) return catalogue.thisOutsideEach({ span });
  if (use === 'tag') {
    const candidates = [...parameterNames(scope), ...callableNames(evaluation)];
    const [head = '', ...rest] = path.parts;
    const call =
      rest.length > 0 && calleeNamed(evaluation, head) ? `{{${head} "${rest.join('.')}"}}` : undefined;
    return catalogue.unknownTag({ name, span, candidates, call });
  }
  if (isSimple(path) && calleeNamed(evaluation, name) !== undefined)
    return catalogue.bareHelper({ name, span });
  return catalogue.unknownName({ name, span, candidates: parameterNames(scope) });
}
