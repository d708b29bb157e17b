import { acceptedRange } from './generic/accepted-range.ts';
import { acceptedValues } from './generic/accepted-values.ts';
import { expressionIsTrue } from './generic/expression-is-true.ts';
import { mutuallyExclusiveRanges } from './generic/mutually-exclusive-ranges.ts';
import { noDateGaps } from './generic/no-date-gaps.ts';
import { notNull } from './generic/not-null.ts';
import { notNullProportion } from './generic/not-null-proportion.ts';
import { recency } from './generic/recency.ts';
import { reconcile } from './generic/reconcile.ts';
import { relationships } from './generic/relationships.ts';
import { rowCountBetween } from './generic/row-count-between.ts';
import { unique } from './generic/unique.ts';
import { uniqueCombinationOfColumns } from './generic/unique-combination-of-columns.ts';
import type { GenericTestDefinition } from './generic-test.ts';

/** The catalogue of generic tests; parsing takes it as its signatures. */
export const genericTests: readonly GenericTestDefinition[] = [
  acceptedRange,
  acceptedValues,
  expressionIsTrue,
  mutuallyExclusiveRanges,
  noDateGaps,
  notNull,
  notNullProportion,
  recency,
  reconcile,
  relationships,
  rowCountBetween,
  unique,
  uniqueCombinationOfColumns,
];
