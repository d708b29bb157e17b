import { aggregateFunctions } from './aggregate-functions.ts';
import { blankComparison } from './blank-comparison.ts';
import { booleanCasts } from './boolean-casts.ts';
import { clockFunctions, dateFunctions } from './date-functions.ts';
import { hashFunctions } from './hash-functions.ts';
import { otherFunctions, patternFunctions } from './text-functions.ts';
import { windowFunctions } from './window-functions.ts';

/**
 * Functions that PostgreSQL has not, in its own schema, and those that it has otherwise, in the stand-in's: statements are
 * rewritten to call these. Parts of dates come by their whole names.
 */
export const FUNCTION_PRELUDE: readonly string[] = [
  ...clockFunctions(),
  ...dateFunctions(),
  ...aggregateFunctions(),
  ...patternFunctions(),
  ...hashFunctions(),
  ...booleanCasts(),
  ...windowFunctions(),
  ...blankComparison(),
  ...otherFunctions(),
];
