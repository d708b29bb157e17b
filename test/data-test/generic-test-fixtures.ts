import { modelId } from '../compile/fixture-manifest.ts';
import { column, type Declared, rows, type TestedRows } from './test-bench.ts';

/** A use of a generic test, with rows that pass and rows that fail. */
export interface GenericTestFixture {
  readonly test: string;
  readonly declared: Declared;
  /** By what they show: `NULLs aside`. */
  readonly passes: Readonly<Record<string, TestedRows | string>>;
  /** What fails: rows, and of every failing row what matters, in any order. */
  readonly fails: Readonly<Record<string, readonly [TestedRows | string, ...Record<string, unknown>[]]>>;
}

const other = modelId('other');
const third = modelId('third');

const TEXTS: readonly GenericTestFixture[] = [
  {
    test: 'not_empty_string',
    declared: { column: 's' },
    passes: { 'texts and NULLs': column('s', "'a'", "' b '", 'null') },
    fails: {
      'empty and blank texts': [column('s', "'a'", "''", "'  '"), { s: '' }, { s: '  ' }],
    },
  },
  {
    test: 'not_empty_string',
    declared: { column: 's', arguments: { trim_whitespace: false } },
    passes: { 'blanks and NULLs': column('s', "'a'", "'  '", 'null') },
    fails: { 'empty texts': [column('s', "'  '", "''"), { s: '' }] },
  },
  {
    test: 'string_length_between',
    declared: { column: 's', arguments: { min_value: 2, max_value: 3 } },
    passes: { 'NULLs aside': column('s', "'ab'", "'äöü'", 'null') },
    fails: { 'too short or too long': [column('s', "'a'", "'ab'", "'abcd'"), { s: 'a' }, { s: 'abcd' }] },
  },
  {
    test: 'string_length_equal',
    declared: { column: 's', arguments: { value: 2 } },
    passes: { 'NULLs aside': column('s', "'ab'", "'äö'", 'null') },
    fails: { 'another length': [column('s', "'a'", "'ab'", "''"), { s: 'a' }, { s: '' }] },
  },
  {
    test: 'match_regex',
    declared: { column: 's', arguments: { regex: '^[A-Z]{2}-\\d+$' } },
    passes: { 'NULLs aside': column('s', "'AB-1'", "'XY-007'", 'null') },
    fails: { 'other texts': [column('s', "'AB-1'", "'ab-1'", "'AB-1x'"), { s: 'ab-1' }, { s: 'AB-1x' }] },
  },
  {
    test: 'match_regex',
    declared: { column: 's', arguments: { regex: ['^a', '(?i)Z$'], match_on: 'all' } },
    passes: { 'both patterns': column('s', "'az'", "'aZ'", 'null') },
    fails: { 'only one pattern': [column('s', "'az'", "'a'", "'z'"), { s: 'a' }, { s: 'z' }] },
  },
  {
    test: 'not_match_regex',
    declared: { column: 's', arguments: { regex: ['[0-9]', '^test'] } },
    passes: { 'NULLs aside': column('s', "'ada'", "'a test'", 'null') },
    fails: { 'either pattern': [column('s', "'ada'", "'a1'", "'tester'"), { s: 'a1' }, { s: 'tester' }] },
  },
  {
    test: 'match_like_pattern',
    declared: { column: 's', arguments: { like_pattern: ['utm\\_%', 'ref'] } },
    passes: { 'NULLs aside': column('s', "'utm_source'", "'ref'", 'null') },
    fails: { 'other texts': [column('s', "'utmXsource'", "'refs'"), { s: 'utmXsource' }, { s: 'refs' }] },
  },
  {
    test: 'not_match_like_pattern',
    declared: { column: 's', arguments: { like_pattern: '%@example.com' } },
    passes: { 'NULLs aside': column('s', "'a@shop.com'", "'@example.com.de'", 'null') },
    fails: { 'texts that fit': [column('s', "'a@shop.com'", "'a@example.com'"), { s: 'a@example.com' }] },
  },
  {
    test: 'valid_uuid',
    declared: { column: 's' },
    passes: {
      'either case': column(
        's',
        "'123e4567-e89b-12d3-a456-426614174000'",
        "'123E4567-E89B-12D3-A456-426614174000'",
        'null',
      ),
    },
    fails: {
      'other texts': [
        column('s', "'123e4567e89b12d3a456426614174000'", "'{123e4567-e89b-12d3-a456-426614174000}'", "''"),
        ...[{}, {}, {}],
      ],
    },
  },
  {
    test: 'valid_email',
    declared: { column: 's' },
    passes: { 'names and domains': column('s', "'ada@shop.com'", "'a.b+c@mail.shop.co.uk'", 'null') },
    fails: {
      'other texts': [
        column(
          's',
          "'ada'",
          "'ada@shop'",
          "'a b@shop.com'",
          "'a@b@shop.com'",
          "'a@-shop.com'",
          "'a@shop.com '",
        ),
        ...[{}, {}, {}, {}, {}, {}],
      ],
    },
  },
  {
    test: 'valid_url',
    declared: { column: 's' },
    passes: {
      addresses: column(
        's',
        "'https://shop.com'",
        "'http://localhost:8080/a?b=c#d'",
        "'https://a.b/'",
        'null',
      ),
    },
    fails: {
      'other texts': [
        column('s', "'shop.com'", "'ftp://shop.com'", "'https://'", "'https://shop.com/a b'", "'HTTPS//a'"),
        ...[{}, {}, {}, {}, {}],
      ],
    },
  },
];

const VALUES: readonly GenericTestFixture[] = [
  {
    test: 'accepted_values',
    declared: { column: 'v', arguments: { values: [1, 2, true] } },
    passes: { 'the same as texts': column('v', "'1'", "'2'", "'true'", 'null') },
    fails: {
      'texts that are near a number': [column('v', "'1'", "'1.4'"), { v: 1.4 }],
      'texts that are no numbers': [column('v', "'1'", "'x'", "'yes'"), { v: 'x' }, { v: 'yes' }],
    },
  },
  {
    test: 'accepted_values',
    declared: { column: 'v', arguments: { values: [1, 2.5] } },
    passes: {
      'decimals of any scale': column('v', 'cast(1 as decimal(9, 4))', 'cast(2.5 as decimal(9, 4))'),
      'floating numbers': column('v', 'cast(1 as double precision)', 'cast(2.5 as double precision)'),
    },
    fails: {
      'decimals between them': [column('v', 'cast(1.4 as decimal(9, 4))', '1'), { v: 1.4 }],
    },
  },
  {
    test: 'accepted_values',
    declared: { column: 'v', arguments: { values: [true] } },
    passes: { 'a column that is true or false': column('v', 'true', 'null') },
    fails: { 'the other': [column('v', 'true', 'false'), { v: false }] },
  },
  {
    test: 'accepted_values',
    declared: { column: 'v', arguments: { values: ['2025-01-01'] } },
    passes: {
      dates: column('v', "date '2025-01-01'"),
      'times of day': column('v', "timestamp '2025-01-01 00:00:00'"),
    },
    fails: { 'another date': [column('v', "date '2025-01-02'"), {}] },
  },
  {
    test: 'not_accepted_values',
    declared: { column: 'v', arguments: { values: [1] } },
    passes: { 'texts that are near a number': column('v', "'1.4'", "'x'") },
    fails: { 'a text of it': [column('v', "'1'"), { v: 1 }] },
  },
  {
    test: 'not_accepted_values',
    declared: { column: 's', arguments: { values: ['None', 'nan'] } },
    passes: { 'NULLs aside': column('s', "'none'", "'a'", 'null') },
    fails: {
      'each of the values once': [column('s', "'None'", "'None'", "'a'"), { s: 'None', occurrences: 2 }],
    },
  },
  {
    test: 'at_least_one',
    declared: { column: 'n', arguments: { group_by_columns: 'g' } },
    passes: { 'a value in each group': rows('g n', ['1', '5'], ['1', 'null'], ['2', '5']) },
    fails: { 'a group of NULLs': [rows('g n', ['1', '5'], ['2', 'null']), { g: 2, row_count: 1 }] },
  },
  {
    test: 'at_least_one',
    declared: { column: 'n' },
    passes: { 'one value': column('n', 'null', '1', 'null') },
    fails: { 'no rows': ['select 1 as n where 1 = 0', { row_count: 0 }] },
  },
  {
    test: 'not_constant',
    declared: { column: 'n', arguments: { group_by_columns: ['g'] } },
    passes: {
      'two values in each group': rows('g n', ['1', '1'], ['1', '2'], ['2', '1'], ['2', '3']),
      'nothing but NULLs': 'select 1 as g, cast(null as integer) as n',
    },
    fails: {
      'one value': [rows('g n', ['1', '1'], ['1', '2'], ['2', '7'], ['2', 'null']), { g: 2, row_count: 2 }],
    },
  },
  {
    test: 'distinct_values_equal_set',
    declared: { column: 's', arguments: { values: ['a', 'b'] } },
    passes: { 'all of them, NULLs aside': column('s', "'a'", "'b'", "'b'", 'null') },
    fails: {
      'missing and other values': [
        column('s', "'a'", "'c'"),
        { value: 'b', expected: 1, found: 0 },
        { value: 'c', expected: 0, found: 1 },
      ],
    },
  },
  {
    test: 'distinct_values_equal_set',
    declared: { column: 'v', arguments: { values: [true, false] } },
    passes: { 'both truths': column('v', 'true', 'false', 'true') },
    fails: { 'one of them': [column('v', 'true'), { expected: 1, found: 0 }] },
  },
  {
    test: 'distinct_values_equal_set',
    declared: { column: 'd', arguments: { values: ['2025-01-01', '2025-01-02'] } },
    passes: {
      'dates as texts': column('d', "date '2025-01-01'", "date '2025-01-02'"),
      'times of day': column('d', "timestamp '2025-01-01 00:00:00'", "timestamp '2025-01-02 00:00:00'"),
    },
    fails: {
      'a date that is not listed': [
        column('d', "date '2025-01-01'", "date '2025-01-02'", "date '2025-01-03'"),
        { expected: 0, found: 1 },
      ],
    },
  },
  {
    test: 'distinct_values_contain_set',
    declared: { column: 'n', arguments: { values: [1, 2], quote: false } },
    passes: { 'numbers as SQL': column('n', '1', '2', '3') },
    fails: { 'one that is missing': [column('n', '1'), { value: 2, expected: 1, found: 0 }] },
  },
  {
    test: 'distinct_values_contain_set',
    declared: { column: 'n', arguments: { values: [1, 2] } },
    passes: {
      'all of them and more': column('n', '1', '2', '3', 'null'),
      decimals: column('n', 'cast(1 as decimal(9, 4))', 'cast(2 as decimal(9, 4))'),
      texts: column('n', "'1'", "'2'", "'x'"),
    },
    fails: {
      'missing values': [column('n', '1', '3'), { value: 2 }],
      'texts that are near a number': [column('n', "'1'", "'2.4'"), { value: 2 }],
    },
  },
  {
    test: 'distinct_count_between',
    declared: { column: 'n', arguments: { max_value: 2 } },
    passes: { 'NULLs aside': column('n', '1', '2', '2', 'null') },
    fails: { 'too many': [column('n', '1', '2', '3'), { distinct_values: 3 }] },
  },
  {
    test: 'unique_proportion_in_range',
    declared: { column: 'n', arguments: { min_value: 0.5 } },
    passes: { 'enough of them': column('n', '1', '1', '2', '3') },
    fails: { 'too few': [column('n', '1', '1', '1', '1', 'null'), { unique_proportion: 0.25 }] },
  },
];

const ORDERS: readonly GenericTestFixture[] = [
  {
    test: 'sequential_values',
    declared: { column: 'n', arguments: { group_by_columns: 'g' } },
    passes: { 'in any order': rows('g n', ['1', '3'], ['1', '2'], ['2', '9'], ['1', '1'], ['2', 'null']) },
    fails: {
      'gaps and repetitions': [
        rows('g n', ['1', '1'], ['1', '3'], ['2', '5'], ['2', '5']),
        { g: 1, current_value: 3, previous_value: 1 },
        { g: 2, current_value: 5, previous_value: 5 },
      ],
    },
  },
  {
    test: 'sequential_values',
    declared: { column: 'd', arguments: { datepart: 'month' } },
    passes: {
      'month by month': column('d', "date '2025-01-01'", "date '2025-02-01'", "date '2025-03-01'"),
      'the last days of months': column('d', "date '2025-01-31'", "date '2025-02-28'", "date '2025-03-31'"),
      'a day that February has not': column(
        'd',
        "date '2025-01-30'",
        "date '2025-02-28'",
        "date '2025-03-30'",
      ),
    },
    fails: {
      'a day too early': [column('d', "date '2025-02-28'", "date '2025-03-27'"), {}],
      'a day too late': [column('d', "date '2025-02-27'", "date '2025-03-28'"), {}],
      'a month is missing': [column('d', "date '2025-01-01'", "date '2025-03-01'"), {}],
    },
  },
  {
    test: 'no_date_gaps',
    declared: { column: 'd', arguments: { datepart: 'quarter' } },
    passes: {
      'ends of quarters': column('d', "date '2024-12-31'", "date '2025-03-31'", "date '2025-06-30'"),
    },
    fails: { 'a quarter is missing': [column('d', "date '2024-12-31'", "date '2025-06-30'"), {}] },
  },
  {
    test: 'no_date_gaps',
    declared: { column: 'd', arguments: { datepart: 'year' } },
    passes: { 'leap years': column('d', "date '2023-02-28'", "date '2024-02-29'", "date '2025-02-28'") },
    fails: { 'a year is missing': [column('d', "date '2023-02-28'", "date '2025-02-28'"), {}] },
  },
  {
    test: 'increasing',
    declared: { column: 'n', arguments: { sort_column: 'd' } },
    passes: {
      'rising values, NULLs aside': rows('d n', ['2', '20'], ['1', '10'], ['3', 'null'], ['4', '21']),
    },
    fails: {
      'equal and falling values': [
        rows('d n', ['1', '10'], ['2', '10'], ['3', '9']),
        { sorted_by: 2, current_value: 10, previous_value: 10 },
        { sorted_by: 3, current_value: 9, previous_value: 10 },
      ],
    },
  },
  {
    test: 'decreasing',
    declared: { column: 'n', arguments: { sort_column: 'd', strictly: false, group_by_columns: 'g' } },
    passes: { 'falling and equal values': rows('g d n', ['1', '1', '9'], ['1', '2', '9'], ['2', '3', '10']) },
    fails: {
      'a rising value': [rows('g d n', ['1', '1', '9'], ['1', '2', '10']), { g: 1, current_value: 10 }],
    },
  },
  {
    test: 'pair_greater_than',
    declared: { arguments: { column_a: 'ended', column_b: 'started' } },
    passes: { 'NULLs aside': rows('started ended', ['1', '2'], ['1', 'null']) },
    fails: { 'equal and smaller': [rows('started ended', ['1', '1'], ['2', '1'], ['1', '3']), {}, {}] },
  },
  {
    test: 'pair_equal',
    declared: { arguments: { column_a: 'a', column_b: 'b + 1' } },
    passes: { 'two NULLs': rows('a b', ['2', '1'], ['null', 'null']) },
    fails: { 'one NULL': [rows('a b', ['2', '1'], ['null', '1'], ['3', '1']), { a: null }, { a: 3 }] },
  },
];

const OTHER_RELATIONS: readonly GenericTestFixture[] = [
  {
    test: 'equal_rowcount',
    declared: { arguments: { compare_model: other } },
    passes: { 'as many': { tested: column('a', '1', '2'), other: column('b', '3', '4') } },
    fails: {
      'one more': [
        { tested: column('a', '1', '2'), other: column('b', '3') },
        { tested_rows: 2, compared_rows: 1 },
      ],
    },
  },
  {
    test: 'equal_rowcount',
    declared: { arguments: { compare_model: other, group_by_columns: ['g', 'abs(n)'] } },
    passes: {
      'as many in each group': {
        tested: rows('g n', ['1', '1'], ['1', '-1'], ['null', '2']),
        other: rows('g n', ['1', '1'], ['1', '1'], ['null', '2']),
      },
    },
    fails: {
      'a group is missing': [
        { tested: rows('g n', ['1', '1'], ['2', '1']), other: rows('g n', ['1', '1'], ['3', '1']) },
        { g: 2, group_2: 1, tested_rows: 1, compared_rows: 0 },
        { g: 3, group_2: 1, tested_rows: 0, compared_rows: 1 },
      ],
    },
  },
  {
    test: 'fewer_rows_than',
    declared: { arguments: { compare_model: other } },
    passes: { fewer: { tested: column('a', '1'), other: column('b', '3', '4') } },
    fails: {
      'as many': [
        { tested: column('a', '1'), other: column('b', '3') },
        { tested_rows: 1, compared_rows: 1 },
      ],
    },
  },
  {
    test: 'cardinality_equality',
    declared: { column: 'a', arguments: { to: other, field: 'b' } },
    passes: {
      'the same, NULL too': { tested: column('a', '1', '1', 'null'), other: column('b', '1', 'null', '1') },
    },
    fails: {
      'one more': [
        { tested: column('a', '1', '1', '2'), other: column('b', '1', '2') },
        { value: 1, tested_rows: 2, compared_rows: 1 },
      ],
    },
  },
  {
    test: 'set_equality',
    declared: { column: 'a', arguments: { to: other, field: 'b' } },
    passes: {
      'however often, NULLs aside': { tested: column('a', '1', '1', 'null'), other: column('b', '1') },
    },
    fails: {
      'on either side': [
        { tested: column('a', '1', '2'), other: column('b', '1', '3') },
        { value: 2, compared_rows: 0 },
        { value: 3, tested_rows: 0 },
      ],
    },
  },
  {
    test: 'equality',
    declared: { arguments: { compare_model: other } },
    passes: {
      'the same rows': {
        tested: rows('a b', ['1', 'null'], ['2', '3']),
        other: rows('a b', ['2', '3'], ['1', 'null']),
      },
    },
    fails: {
      'rows of either side': [
        { tested: rows('a b', ['1', '1'], ['2', '3']), other: rows('a b', ['2', '3'], ['2', '4']) },
        { only_in: 'tested', a: 1, b: 1 },
        { only_in: 'compared', a: 2, b: 4 },
      ],
    },
  },
  {
    test: 'equality',
    declared: { arguments: { compare_model: other, compare_columns: ['a', 'round(n, 1)'] } },
    passes: {
      'in the columns that count': {
        tested: rows('a n x', ['1', '1.04', '5'], ['null', '2.0', '6']),
        other: rows('n a', ['1.01', '1'], ['2.0', 'null']),
      },
    },
    fails: {
      'a row stands there twice': [
        { tested: rows('a n', ['1', '1.0'], ['1', '1.0']), other: rows('a n', ['1', '1.0']) },
        { a: 1, tested_rows: 2, compared_rows: 1 },
      ],
    },
  },
  {
    test: 'relationships_where',
    declared: {
      column: 'user_id',
      arguments: { to: other, field: 'id', from_condition: 'kept = 1', to_condition: 'live = 1' },
    },
    passes: {
      'rows that do not count': {
        tested: rows('user_id kept', ['1', '1'], ['9', '0'], ['null', '1']),
        other: rows('id live', ['1', '1'], ['2', '0']),
      },
    },
    fails: {
      'a parent that does not count': [
        {
          tested: rows('user_id kept', ['2', '1'], ['1', '1']),
          other: rows('id live', ['1', '1'], ['2', '0']),
        },
        { user_id: 2 },
      ],
    },
  },
  {
    test: 'relationships_where',
    declared: {
      column: 'user_id',
      arguments: { to: other, field: 'id', from_condition: 'user_id > 0' },
      config: { where: 'user_id < 9' },
    },
    passes: {
      'with a filter of its own': { tested: column('user_id', '1', '0', '9'), other: column('id', '1') },
    },
    fails: {
      'the rest': [{ tested: column('user_id', '2', '9'), other: column('id', '1') }, { user_id: 2 }],
    },
  },
  {
    test: 'conservation',
    declared: { arguments: { kept: other, rejected: third, group_by_columns: 'd' } },
    passes: {
      'every row went somewhere': {
        tested: column('d', '1', '1', '2'),
        other: column('d', '1', '2'),
        third: column('d', '1'),
      },
    },
    fails: {
      'rows that got lost or came from nowhere': [
        { tested: column('d', '1', '1'), other: column('d', '1'), third: column('d', '3') },
        { d: 1, raw_rows: 2, kept_rows: 1, rejected_rows: 0 },
        { d: 3, raw_rows: 0, kept_rows: 0, rejected_rows: 1 },
      ],
    },
  },
  {
    test: 'row_count_equal',
    declared: { arguments: { value: 2 } },
    passes: { 'so many': column('a', '1', '2') },
    fails: { 'one less': [column('a', '1'), { row_count: 1 }] },
  },
];

const DAYS = ['31', '24', '17', '10', '03'].map((day) => `date '2025-12-${day}'`);

const DISTRIBUTIONS: readonly GenericTestFixture[] = [
  {
    test: 'max_in_range',
    declared: { column: 'n', arguments: { max_value: 5, group_by_columns: 'largest' } },
    passes: { 'a group that is called as the aggregate': rows('largest n', ['9', '5']) },
    fails: { 'a group whose largest value is too large': [rows('largest n', ['1', '6']), { group_1: 1 }] },
  },
  {
    test: 'sequential_values',
    declared: { column: 'n', arguments: { group_by_columns: 'current_value' } },
    passes: { 'a group that is called as the value': rows('current_value n', ['7', '1'], ['7', '2']) },
    fails: { 'a gap in it': [rows('current_value n', ['7', '1'], ['7', '3']), { group_1: 7 }] },
  },
  {
    test: 'mean_in_range',
    declared: {
      column: 'n',
      arguments: { min_value: 1, max_value: 1.5, inclusive: false, group_by_columns: 'g' },
    },
    passes: { 'by group, NULLs aside': rows('g n', ['1', '1'], ['1', '1.4'], ['2', 'null'], ['3', '1.2']) },
    fails: {
      'the bounds, if they are exclusive': [
        rows('g n', ['1', '1'], ['1', '2'], ['2', '1.2']),
        { g: 1, mean: 1.5 },
      ],
    },
  },
  {
    test: 'mean_in_range',
    declared: { column: 'n', arguments: { min_value: 1.4, max_value: 1.6 } },
    passes: { 'of integers': column('n', '1', '2'), 'no rows': 'select 1 as n where 1 = 0' },
    fails: { 'too small': [column('n', '1', '1'), { mean: 1 }] },
  },
  {
    test: 'stddev_in_range',
    declared: { column: 'n', arguments: { min_value: 1, max_value: 2 } },
    passes: { between: column('n', '1', '2', '3') },
    fails: { 'too narrow': [column('n', '2', '2', '2'), { standard_deviation: 0 }] },
  },
  {
    test: 'median_in_range',
    declared: { column: 'n', arguments: { max_value: 2 } },
    passes: { 'an outlier': column('n', '1', '2', '900') },
    fails: { 'too large': [column('n', '1', '4'), { median: 2.5 }] },
  },
  {
    test: 'quantile_in_range',
    declared: { column: 'n', arguments: { quantile: 0.75, max_value: 4, group_by_columns: 'g' } },
    passes: { between: rows('g n', ['1', '1'], ['1', '2'], ['1', '3'], ['1', '4'], ['1', '900']) },
    fails: { 'too large': [rows('g n', ['1', '1'], ['1', '5'], ['1', '6']), { g: 1, quantile: 5.5 }] },
  },
  {
    test: 'sum_in_range',
    declared: { column: 'n', arguments: { min_value: 3 } },
    passes: { 'enough, or nothing': column('n', '1', '2', 'null'), 'no rows': 'select 1 as n where 1 = 0' },
    fails: { 'too little': [column('n', '1', '1'), {}] },
  },
  {
    test: 'min_in_range',
    declared: { column: 'd', arguments: { min_value: "date '2025-01-01'" } },
    passes: { 'dates too': column('d', "date '2025-01-01'", "date '2025-02-01'") },
    fails: {
      'too early': [column('d', "date '2024-12-31'", "date '2025-02-01'"), { smallest: '2024-12-31' }],
    },
  },
  {
    test: 'max_in_range',
    declared: { column: 'n', arguments: { min_value: 3, max_value: 5 } },
    passes: { between: column('n', '1', '5') },
    fails: { 'too small': [column('n', '1', '2'), { largest: 2 }] },
  },
  {
    test: 'z_score',
    declared: { column: 'n', arguments: { threshold: 2, group_by_columns: 'g' } },
    passes: {
      'values that are all the same': rows('g n', ['1', '5'], ['1', '5'], ['2', '7'], ['2', 'null']),
    },
    fails: {
      'one that lies far away': [
        rows('g n', ...['1', '2', '1', '2', '1', '2', '1', '90'].map((n) => ['1', n] as const)),
        { g: 1, n: 90 },
      ],
    },
  },
  {
    test: 'z_score',
    declared: { column: 'z_score', arguments: { threshold: 1 } },
    passes: { 'a column that is called so': column('z_score', '5', '6') },
    fails: { 'one that lies far away': [column('z_score', '1', '1', '1', '9'), { z_score: 9 }] },
  },
  {
    test: 'within_moving_stdevs',
    declared: { column: 'n', arguments: { sort_column: 'd', window: 3 } },
    passes: {
      'a trend, and a start without history': rows(
        'd n',
        ['1', '99'],
        ['2', '10'],
        ['3', '12'],
        ['4', '11'],
        ['5', '13'],
      ),
    },
    fails: {
      'a jump': [
        rows('d n', ['4', '90'], ['1', '10'], ['2', '12'], ['3', '11']),
        { sorted_by: 4, current_value: 90, mean_before: 11, values_before: 3 },
      ],
    },
  },
  {
    test: 'not_degenerate',
    declared: { column: 'wau', arguments: { compare_column: 'dau', at_least: 0.5 } },
    passes: {
      'enough rows differ': rows('dau wau', ['1', '1'], ['2', '3']),
      'no rows': 'select 1 as dau, 1 as wau where 1 = 0',
    },
    fails: {
      'the same nearly everywhere': [
        rows('dau wau', ['1', '1'], ['2', '3'], ['4', 'null']),
        { row_count: 3, differing_rows: 1 },
      ],
    },
  },
  {
    test: 'volume_of_weekday',
    declared: { column: 'd', arguments: { group_by_columns: 'g' } },
    passes: {
      'as on other Wednesdays': rows('g d', ...DAYS.map((day) => ['1', day])),
      'days that do not count': rows('g d', ['1', "date '2025-12-30'"], ['1', "date '2025-11-26'"]),
      'a group without history': rows('g d', ['1', "date '2025-12-31'"]),
      'as on the one Wednesday that has rows': rows(
        'g d',
        ...[1, 2, 3, 4].map(() => ['1', "date '2025-12-24'"]),
        ...[1, 2, 3, 4].map(() => ['1', "date '2025-12-31'"]),
      ),
    },
    fails: {
      'a day without rows, and one with too many': [
        rows(
          'g d',
          ...DAYS.slice(1).map((day) => ['1', day]),
          ...DAYS.map((day) => ['2', day]),
          ...[1, 2].map(() => ['2', "date '2025-12-31'"]),
        ),
        { g: 1, row_count: 0 },
        { g: 2, row_count: 3 },
      ],
      'a third of the one Wednesday that has rows': [
        rows('g d', ...[1, 2, 3].map(() => ['1', "date '2025-12-10'"]), ['1', "date '2025-12-31'"]),
        { g: 1, row_count: 1, row_count_before: 3, days_before: 1 },
      ],
    },
  },
];

const TYPED =
  "select 1 as id, cast('x' as varchar(9)) as name, cast(1 as decimal(9, 2)) as amount, timestamp '2025-01-01' as at";

const COLUMNS: readonly GenericTestFixture[] = [
  {
    test: 'column_exists',
    declared: { column: 'Amount' },
    passes: { 'no rows': `${TYPED} where 1 = 0` },
    fails: { 'another name': [column('amounts', '1'), { column_name: 'amount', found: null }] },
  },
  {
    test: 'columns_contain_set',
    declared: { arguments: { column_list: ['amount', 'ID'] } },
    passes: { 'and more': TYPED },
    fails: { 'a missing one': [column('id', '1'), { column_name: 'amount' }] },
  },
  {
    test: 'columns_match_set',
    declared: { arguments: { column_list: ['at', 'amount', 'name', 'id'] } },
    passes: { 'in any order': TYPED },
    fails: {
      'missing and other ones': [
        rows('id name amount x', ['1', '2', '3', '4']),
        { column_name: 'at', found: null },
        { column_name: 'x', expected: null },
      ],
    },
  },
  {
    test: 'columns_match_ordered_list',
    declared: { arguments: { column_list: ['id', 'name', 'amount', 'at'] } },
    passes: { 'in that order': TYPED },
    fails: {
      'in another order': [
        rows('name id amount at', ['1', '2', '3', '4']),
        { column_name: 'id', expected: 1, found: 2 },
        { column_name: 'name', expected: 2, found: 1 },
      ],
    },
  },
  ...[
    ['id', 'integer'],
    ['name', 'varchar(9)'],
    ['amount', 'decimal(9, 2)'],
    ['at', 'timestamp'],
  ].map(([name = '', column_type = '']) => ({
    test: 'column_type',
    declared: { column: name, arguments: { column_type } },
    passes: { 'the type': TYPED },
    fails: {
      'another type': [column(name, "date '2025-01-01'"), { data_type: 'date' }],
      'no such column': [column('other', '1'), { data_type: null }],
    } as const,
  })),
];

/** A passing and a failing use of every generic test that has no tests of its own elsewhere. */
export const genericTestFixtures: readonly GenericTestFixture[] = [
  ...TEXTS,
  ...VALUES,
  ...ORDERS,
  ...OTHER_RELATIONS,
  ...DISTRIBUTIONS,
  ...COLUMNS,
];
