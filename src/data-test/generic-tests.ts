import { acceptedRange } from './generic/accepted-range.ts';
import { acceptedValues } from './generic/accepted-values.ts';
import { atLeastOne } from './generic/at-least-one.ts';
import { cardinalityEquality } from './generic/cardinality-equality.ts';
import { columnExists } from './generic/column-exists.ts';
import { columnType } from './generic/column-type.ts';
import { columnsContainSet } from './generic/columns-contain-set.ts';
import { columnsMatchOrderedList } from './generic/columns-match-ordered-list.ts';
import { columnsMatchSet } from './generic/columns-match-set.ts';
import { conservation } from './generic/conservation.ts';
import { decreasing } from './generic/decreasing.ts';
import { distinctCountBetween } from './generic/distinct-count-between.ts';
import { distinctValuesContainSet } from './generic/distinct-values-contain-set.ts';
import { distinctValuesEqualSet } from './generic/distinct-values-equal-set.ts';
import { equalRowcount } from './generic/equal-rowcount.ts';
import { equality } from './generic/equality.ts';
import { expressionIsTrue } from './generic/expression-is-true.ts';
import { fewerRowsThan } from './generic/fewer-rows-than.ts';
import { increasing } from './generic/increasing.ts';
import { matchLikePattern } from './generic/match-like-pattern.ts';
import { matchRegex } from './generic/match-regex.ts';
import { maxInRange } from './generic/max-in-range.ts';
import { meanInRange } from './generic/mean-in-range.ts';
import { medianInRange } from './generic/median-in-range.ts';
import { minInRange } from './generic/min-in-range.ts';
import { mutuallyExclusiveRanges } from './generic/mutually-exclusive-ranges.ts';
import { noDateGaps } from './generic/no-date-gaps.ts';
import { notAcceptedValues } from './generic/not-accepted-values.ts';
import { notConstant } from './generic/not-constant.ts';
import { notDegenerate } from './generic/not-degenerate.ts';
import { notEmptyString } from './generic/not-empty-string.ts';
import { notMatchLikePattern } from './generic/not-match-like-pattern.ts';
import { notMatchRegex } from './generic/not-match-regex.ts';
import { notNull } from './generic/not-null.ts';
import { notNullProportion } from './generic/not-null-proportion.ts';
import { pairEqual } from './generic/pair-equal.ts';
import { pairGreaterThan } from './generic/pair-greater-than.ts';
import { quantileInRange } from './generic/quantile-in-range.ts';
import { recency } from './generic/recency.ts';
import { reconcile } from './generic/reconcile.ts';
import { relationships } from './generic/relationships.ts';
import { relationshipsWhere } from './generic/relationships-where.ts';
import { rowCountBetween } from './generic/row-count-between.ts';
import { rowCountEqual } from './generic/row-count-equal.ts';
import { sequentialValues } from './generic/sequential-values.ts';
import { setEquality } from './generic/set-equality.ts';
import { stddevInRange } from './generic/stddev-in-range.ts';
import { stringLengthBetween } from './generic/string-length-between.ts';
import { stringLengthEqual } from './generic/string-length-equal.ts';
import { sumInRange } from './generic/sum-in-range.ts';
import { unique } from './generic/unique.ts';
import { uniqueCombinationOfColumns } from './generic/unique-combination-of-columns.ts';
import { uniqueProportionInRange } from './generic/unique-proportion-in-range.ts';
import { validEmail } from './generic/valid-email.ts';
import { validUrl } from './generic/valid-url.ts';
import { validUuid } from './generic/valid-uuid.ts';
import { volumeOfWeekday } from './generic/volume-of-weekday.ts';
import { withinMovingStdevs } from './generic/within-moving-stdevs.ts';
import { zScore } from './generic/z-score.ts';
import type { GenericTestDefinition } from './generic-test.ts';

/** The catalogue of generic tests; parsing takes it as its signatures. */
export const genericTests: readonly GenericTestDefinition[] = [
  acceptedRange,
  acceptedValues,
  atLeastOne,
  cardinalityEquality,
  columnExists,
  columnType,
  columnsContainSet,
  columnsMatchOrderedList,
  columnsMatchSet,
  conservation,
  decreasing,
  distinctCountBetween,
  distinctValuesContainSet,
  distinctValuesEqualSet,
  equalRowcount,
  equality,
  expressionIsTrue,
  fewerRowsThan,
  increasing,
  matchLikePattern,
  matchRegex,
  maxInRange,
  meanInRange,
  medianInRange,
  minInRange,
  mutuallyExclusiveRanges,
  noDateGaps,
  notAcceptedValues,
  notConstant,
  notDegenerate,
  notEmptyString,
  notMatchLikePattern,
  notMatchRegex,
  notNull,
  notNullProportion,
  pairEqual,
  pairGreaterThan,
  quantileInRange,
  recency,
  reconcile,
  relationships,
  relationshipsWhere,
  rowCountBetween,
  rowCountEqual,
  sequentialValues,
  setEquality,
  stddevInRange,
  stringLengthBetween,
  stringLengthEqual,
  sumInRange,
  unique,
  uniqueCombinationOfColumns,
  uniqueProportionInRange,
  validEmail,
  validUrl,
  validUuid,
  volumeOfWeekday,
  withinMovingStdevs,
  zScore,
];
