import type { TemplateValue } from './helper.ts';

/** A value that is not known: a mistake in it was reported, or its branch is only looked through, not run. */
export const UNKNOWN = Symbol('unknown');

export type Outcome = TemplateValue | typeof UNKNOWN;

/** What `@index`, `@key`, `@first` and `@last` are in one round of `#each`. */
export interface Round {
  readonly index: number;
  readonly key: string | number;
  readonly first: boolean;
  readonly last: boolean;
}

/** The names that can be seen at a place, innermost first: block parameters, the item, the round of `#each`. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly names: readonly string[];
  readonly values: readonly Outcome[];
  /** The item of the nearest `#each` or `#with`; a scope without one sees the outer one's. */
  readonly item?: { readonly value: Outcome };
  readonly round?: Round;
}

/** The parameter of a name, boxed, since its value may be undefined. */
export function parameter(scope: Scope | undefined, name: string): { readonly value: Outcome } | undefined {
  for (let inner = scope; inner !== undefined; inner = inner.outer) {
    const index = inner.names.indexOf(name);
    if (index >= 0) return { value: inner.values[index] };
  }
  return undefined;
}

export function currentItem(scope: Scope | undefined): { readonly value: Outcome } | undefined {
  for (let inner = scope; inner !== undefined; inner = inner.outer) {
    if (inner.item !== undefined) return inner.item;
  }
  return undefined;
}

export function currentRound(scope: Scope | undefined): Round | undefined {
  for (let inner = scope; inner !== undefined; inner = inner.outer) {
    if (inner.round !== undefined) return inner.round;
  }
  return undefined;
}

/** All parameters that can be seen, for suggestions. */
export function parameterNames(scope: Scope | undefined): readonly string[] {
  return scope === undefined ? [] : [...scope.names, ...parameterNames(scope.outer)];
}
