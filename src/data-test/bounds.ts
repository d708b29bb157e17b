import { z } from 'zod';
import { sqlValue } from './argument.ts';

/** A range as tests take it: bounds as SQL, of which one may be left out. */
export interface Bounds {
  readonly min_value?: string | undefined;
  readonly max_value?: string | undefined;
  /** Whether the bounds belong to the range; they do. */
  readonly inclusive?: boolean | undefined;
}

/** The arguments of a range; `schema.refine(...someBound)` asks for one of the two bounds. */
export const bounds = {
  min_value: sqlValue.optional(),
  max_value: sqlValue.optional(),
  inclusive: z.boolean().default(true),
};

/** One of the two bounds is there. */
export const someBound = [
  ({ min_value, max_value }: { readonly min_value?: unknown; readonly max_value?: unknown }): boolean =>
    min_value !== undefined || max_value !== undefined,
  { error: 'needs min_value, max_value or both' },
] as const;

/** The conditions, any of which says that a value lies outside; none for NULL. */
export function outside(
  value: string,
  { min_value, max_value, inclusive = true }: Bounds,
): readonly string[] {
  return [
    ...(min_value === undefined ? [] : [`${value} ${inclusive ? '<' : '<='} ${min_value}`]),
    ...(max_value === undefined ? [] : [`${value} ${inclusive ? '>' : '>='} ${max_value}`]),
  ];
}
