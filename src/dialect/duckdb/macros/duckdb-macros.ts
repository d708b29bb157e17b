import type { MacroBodies } from '../../portable-macro.ts';
import { aggregateMacros } from './aggregate-macros.ts';
import { dateMacros } from './date-macros.ts';
import { queryMacros } from './query-macros.ts';
import { valueMacros } from './value-macros.ts';

/** DuckDB's bodies of the portable macros. */
export const duckdbMacros: MacroBodies = {
  ...dateMacros,
  ...valueMacros,
  ...aggregateMacros,
  ...queryMacros,
};
