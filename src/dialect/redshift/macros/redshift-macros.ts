import type { MacroBodies } from '../../portable-macro.ts';
import { aggregateMacros } from './aggregate-macros.ts';
import { dateMacros } from './date-macros.ts';
import { queryMacros } from './query-macros.ts';
import { valueMacros } from './value-macros.ts';

/** Redshift's bodies of the portable macros: its own functions, whose documented results the others follow. */
export const redshiftMacros: MacroBodies = {
  ...dateMacros,
  ...valueMacros,
  ...aggregateMacros,
  ...queryMacros,
};
