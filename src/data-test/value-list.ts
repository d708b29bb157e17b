import { z } from 'zod';
import type { Dialect } from '../dialect/dialect.ts';

/** The arguments of a test that lists values. */
export const valueList = {
  values: z
    .array(
      z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
    )
    .min(1, 'needs at least one value'),
  quote: z.boolean().default(true),
};

/** Values as a test gets them, and whether they are quoted. */
export interface ValueList {
  readonly values: readonly (string | number | boolean)[];
  readonly quote: boolean;
}

/**
 * The values as SQL: literals without a type, which take that of the column they are held against, or with `quote: false` the
 * SQL that they are.
 */
export function listedValues({ values, quote }: ValueList, dialect: Dialect): readonly string[] {
  const written = [...new Set(values.map(String))];
  return quote ? written.map(dialect.literal) : written;
}
