import type { Span } from '../diagnostic/span.ts';
import type { Mutation } from './mutation.ts';

/** A mutant is a model with a mutation in it, and what became of it. */
export interface Mutant {
  readonly mutation: Mutation;
  /** The template's place that wrote what is changed. */
  readonly place: Span | undefined;
  /** `left join → inner join` */
  readonly change: string;
  readonly fate: MutantFate;
}

/** What became of a mutant. */
export type MutantFate =
  /** A test that passes on the model failed, or could not be run. */
  | { readonly kind: 'killed'; readonly by: string }
  /** No test noticed. It may make the same rows as the model on the rows that are there: then no data test could. */
  | { readonly kind: 'survived'; readonly sameRows: boolean }
  /** The engine refuses it, so that nobody can make this mistake. */
  | { readonly kind: 'invalid' };

/** The share of the mutants that are killed, of those that can be: 0 to 1, and 1 where there are none. */
export function killedShare(mutants: readonly Mutant[]): number {
  const killed = mutants.filter(({ fate }) => fate.kind === 'killed').length;
  const survived = mutants.filter(({ fate }) => fate.kind === 'survived').length;
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}
