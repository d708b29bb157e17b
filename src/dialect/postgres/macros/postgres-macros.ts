import type { MacroBodies } from '../../portable-macro.ts';
import { aggregateMacros } from './aggregate-macros.ts';
import { dateMacros } from './date-macros.ts';
import { queryMacros } from './query-macros.ts';
import { valueMacros } from './value-macros.ts';

/** PostgreSQL's bodies of the portable macros. */
export const postgresMacros: MacroBodies = {
  ...dateMacros,
  ...valueMacros,
  ...aggregateMacros,
  ...queryMacros,
};
