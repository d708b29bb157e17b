import type { z } from 'zod';

/**
 * A generic test's name and arguments, as far as parsing must know them; its SQL lives with the data tests.
 * `schema` sees the arguments without `column_name` and without config keys; a relation argument is a unique id by then.
 * A strict object schema gives unknown arguments as errors with suggestions.
 */
export interface GenericTestSignature {
  /** Name as written in YAML, without a package: `unique_combination_of_columns`. */
  readonly name: string;
  /** What dbt_expectations and SQLMesh call the same test. */
  readonly aliases?: readonly GenericTestAlias[];
  readonly schema: z.ZodType;
  /**
   * Arguments that name a model, seed or source. In YAML they may be `x`, `ref('x')`, `{{ref "x"}}`, `source('a', 'b')`
   * or `{{source "a" "b"}}`; in the manifest they hold the unique id.
   */
  readonly relationArguments: readonly string[];
  /** Whether the test stands under a column (`required`), may stand under either, or only under the model (`never`). */
  readonly column: 'required' | 'optional' | 'never';
  /** A project's own test: the macro that is its SQL. Of its arguments those name a relation that are written as a call. */
  readonly macro?: string;
}

/** Another name of a test, with the arguments that have another name there: `{ value_set: 'values', strictly: 'not inclusive' }`. */
export interface GenericTestAlias {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, string>>;
}
