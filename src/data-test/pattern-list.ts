import { z } from 'zod';

/** A pattern, or a list of them. */
export const patternList = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
    error: 'must be a pattern or a list of patterns',
  })
  .transform((patterns) => (typeof patterns === 'string' ? [patterns] : patterns));

/** Whether one pattern of a list must match, or each. */
export const matchOn = z.enum(['any', 'all']).default('any');

/** The condition that patterns match, one a line. */
export function matching(conditions: readonly string[], on: 'any' | 'all'): string {
  return conditions.join(on === 'any' ? '\n  or ' : '\n  and ');
}
