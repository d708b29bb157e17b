import { modelId } from '../compile/fixture-manifest.ts';
import type { GenericTestFixture } from './generic-test-fixtures.ts';

/** Uses of the tests whose rows are in generic-tests.test.ts. */
export const earlierTestUses: readonly Pick<GenericTestFixture, 'test' | 'declared'>[] = [
  { test: 'accepted_range', declared: { column: 'n', arguments: { min_value: 0, max_value: 'most' } } },
  { test: 'accepted_values', declared: { column: 's', arguments: { values: ["o'pro", 'basic'] } } },
  { test: 'expression_is_true', declared: { arguments: { expression: 'a <= b' } } },
  {
    test: 'mutually_exclusive_ranges',
    declared: { arguments: { lower_bound_column: 'low', upper_bound_column: 'high', partition_by: 'k' } },
  },
  { test: 'no_date_gaps', declared: { column: 'd', arguments: { datepart: 'week', group_by_columns: 'g' } } },
  { test: 'not_null', declared: { column: 'n', config: { where: 'n > 1' } } },
  { test: 'not_null_proportion', declared: { column: 'n', arguments: { at_least: 0.6, at_most: 0.9 } } },
  { test: 'recency', declared: { arguments: { datepart: 'day', field: 'loaded_at', interval: 1 } } },
  { test: 'recency', declared: { column: 'd', arguments: { datepart: 'week', interval: 2 } } },
  {
    test: 'reconcile',
    declared: {
      arguments: { compare_to: modelId('other'), expression: 'sum(n)', group_by: 'k', tolerance: 1 },
    },
  },
  {
    test: 'reconcile',
    declared: { arguments: { compare_to: modelId('other'), expression: 'bool_or(n > 1)', group_by: 'k' } },
  },
  { test: 'relationships', declared: { column: 'n', arguments: { to: modelId('other'), field: 'id' } } },
  { test: 'row_count_between', declared: { arguments: { min_value: 1, max_value: 5 } } },
  { test: 'unique', declared: { column: 'n' } },
  {
    test: 'unique_combination_of_columns',
    declared: { arguments: { combination_of_columns: ['a', 'lower(b)'] } },
  },
];
