import { z } from 'zod';

/** SQL text, or a number that is written as SQL. */
export const sqlValue = z
  .union([z.string().min(1), z.number()], { error: 'must be a number or an SQL expression' })
  .transform(String);

/** A column or expression, or a list of them. */
export const columnList = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'must be a column or a list of columns',
  })
  .transform((columns) => (typeof columns === 'string' ? [columns] : columns));

/** The units in which dates are counted. */
export const datePart = z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']);
