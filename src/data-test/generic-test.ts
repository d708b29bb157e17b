import type { z } from 'zod';
import type { Dialect } from '../dialect/dialect.ts';
import type { PortableMacroName } from '../dialect/portable-macro.ts';
import type { GenericTestSignature } from '../manifest/generic-test-signature.ts';
import type { TemplateValue } from '../template/helper.ts';
import type { Finding } from './finding.ts';

/** One use of a generic test: what its SQL is made from. */
export interface GenericTestCall<Arguments> {
  readonly arguments: Arguments;
  /** The tested column, quoted where it must be; the empty string for a test that stands under its model. */
  readonly column: string;
  /** The same as it is written. */
  readonly columnName: string;
  /**
   * The tested relation, filtered by `where`, as it stands behind `from`: `"analytics"."daily" as child`.
   * `indent` is what the line of the `from` begins with.
   */
  readonly tested: (alias?: string, indent?: string) => string;
  /** A query for the columns of the tested relation in the catalog: column_name, data_type, ordinal. */
  readonly columns: () => string;
  /** The relation that a relation argument names. */
  readonly relation: (argument: string) => string;
  readonly dialect: Dialect;
  /** Calls a macro of the portable library: `macro('dateadd', 'day', -1, 'loaded_at')`. */
  readonly macro: (name: PortableMacroName, ...positional: readonly TemplateValue[]) => string;
  /** The project's `as_of_date` var as ISO text. */
  readonly asOfDate: string | undefined;
}

/** A generic test: its signature, and what it finds. */
export type GenericTestDefinition<Arguments = unknown> = DescribedTest<Arguments> &
  (OneScanTest<Arguments> | WrittenTest<Arguments>);

interface DescribedTest<Arguments> extends GenericTestSignature {
  readonly schema: z.ZodType<Arguments>;
  /** One paragraph, for the reference page. */
  readonly doc: string;
  /** The SQL reads the catalog, by `columns`, and nothing else; no argument stands in it but as a literal. */
  readonly readsCatalog?: true;
}

/** A test that one scan of the tested relation answers, which other tests may share. */
interface OneScanTest<Arguments> {
  /** May throw `HelperError` for what only the call shows, such as a missing `as_of_date`. */
  finds(call: GenericTestCall<Arguments>): Finding;
}

/** A test with a query of its own. */
interface WrittenTest<Arguments> {
  /** A SELECT whose rows are failures, key columns first; may throw `HelperError` too. */
  sql(call: GenericTestCall<Arguments>): string;
}
