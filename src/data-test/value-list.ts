import { z } from 'zod';
import type { Dialect } from '../dialect/dialect.ts';

/** The arguments of a test that lists values. */
export const valueList = {
  values: z
    .array(
      z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' }),
    )
    .min(1, 'needs at least one value'),
  quote: z.boolean().optional(),
};

/** Values as a test gets them, and whether they are quoted. */
export interface ValueList {
  readonly values: readonly (string | number | boolean)[];
  readonly quote?: boolean | undefined;
}

/** The values as SQL. Text is quoted and numbers are not, unless `quote` says otherwise. */
export function listedValues({ values, quote }: ValueList, dialect: Dialect): readonly string[] {
  if (quote === false) return values.map(String);
  return values.map((value) => dialect.literal(quote === true ? String(value) : value));
}
