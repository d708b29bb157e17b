import { redshiftDialect } from '../../../src/dialect/redshift/redshift-dialect.ts';
import { caller } from '../macros/macro-call.ts';

const call = caller(redshiftDialect);

/** Calls of each portable macro as they stand in models: expressions are selected, queries read from. */
export const redshiftMacroStatements: Readonly<Record<string, string>> = {
  dateadd: expressions(
    call('dateadd', ['day', -6, 'activity_date']),
    call('dateadd', ['month', 'n + 1', 'a.d']),
    call('dateadd', ['year', 1, "timestamp '2016-02-29'"]),
  ),
  datediff: expressions(
    call('datediff', ['month', 'started_on', 'ended_on']),
    call('datediff', ['week', 'started_on', 'ended_on']),
  ),
  'date-trunc': expressions(
    call('date_trunc', ['week', 'event_ts']),
    call('date_trunc', ['hour', 'event_ts']),
  ),
  'date-part': expressions(
    ...['year', 'quarter', 'hour', 'second', 'iso_year', 'iso_week', 'day_of_week', 'day_of_year'].map(
      (part) => call('date_part', [part, 'd']),
    ),
  ),
  'iso-week': expressions(call('iso_week', ['d'])),
  'iso-year': expressions(call('iso_year', ['d'])),
  'day-of-week': expressions(call('day_of_week', ['d'])),
  'date-of': expressions(call('date_of', ['event_ts'])),
  'last-day': expressions(call('last_day', ['d'])),
  'add-months': expressions(call('add_months', ['renewed_on', 1])),
  'months-between': expressions(call('months_between', ['ended_on', 'started_on'])),
  'to-char': expressions(
    call('to_char', ['d', 'YYYY-MM-DD HH24:MI:SS']),
    call('to_char', ['d', 'YYYY"Q"Q']),
    call('to_char', ['d', 'Day']),
    call('to_char', ['d', 'Month DD, YYYY']),
    call('to_char', ['d', 'IYYY"-W"IW-ID']),
  ),
  'convert-timezone': expressions(
    call('convert_timezone', ['Europe/Berlin', 'event_ts']),
    call('convert_timezone', ['PST', 'event_ts'], { from: 'EST' }),
  ),
  'date-spine-day': call('date_spine', ['day', "date '2024-01-01'", "date '2024-03-01'"]),
  'date-spine-hour': call('date_spine', ['hour', 'first_seen', 'last_seen'], { as: 'hour' }),
  'cast-to': expressions(
    ...[
      'integer',
      'bigint',
      'numeric(18,2)',
      'numeric(38,20)',
      'varchar',
      'varchar(24)',
      'double',
      'boolean',
    ].map((type) => call('cast_to', ['amount', type])),
    ...['date', 'timestamp'].map((type) => call('cast_to', ["'2024-02-29'", type])),
  ),
  'safe-divide': expressions(call('safe_divide', ['retained', 'cohort_size'])),
  median: expressions(call('median', ['amount'])),
  percentile: expressions(call('percentile', ['seconds', 0.95])),
  'count-if': expressions(call('count_if', ['is_new'])),
  'bool-or': expressions(call('bool_or', ['is_trial'])),
  'bool-and': expressions(call('bool_and', ['is_paid'])),
  'bool-text': expressions(call('bool_text', ['is_paid or is_trial'])),
  listagg: expressions(call('listagg', ['plan', ", \\ '", 'started_on desc'])),
  'string-length': expressions(call('string_length', ['email'])),
  'split-part': expressions(call('split_part', ['email', '@', 2])),
  'regexp-replace': expressions(
    call('regexp_replace', ['phone', '[^0-9]', '']),
    call('regexp_replace', ['phone', '(\\d+)\\.', '<$1>']),
  ),
  'regexp-substr': expressions(
    call('regexp_substr', ['url', 'utm_[a-z]+\\d']),
    call('regexp_substr', ['url', '(?i)utm']),
  ),
  'regexp-like': expressions(
    call('regexp_like', ['path', '^/\\d+$']),
    call('regexp_like', ['path', '(?i)a']),
  ),
  'regexp-count': expressions(call('regexp_count', ['path', '/']), call('regexp_count', ['path', '(?i)a'])),
  decode: expressions(call('decode', ['plan', "'pro'", '1', 'null', '0', '2'])),
  'json-text': expressions(call('json_text', ['payload', 'device', "o's"])),
  'json-array-length': expressions(call('json_array_length', ['tags'])),
  'concat-null-safe': expressions(call('concat_null_safe', ['first_name', 'last_name'])),
  hash: expressions(call('hash', ['user_id'])),
  'surrogate-key': expressions(call('surrogate_key', ['user_id', 'activity_date'])),
  deduplicate: call('deduplicate', ['analytics.stg_events', 'event_id', 'loaded_at desc']),
  'deduplicate-a-query': call('deduplicate', [
    '(select event_id, loaded_at from analytics.stg_events) as events',
    'event_id',
    'loaded_at desc',
  ]),
  pivot: `select\n${call('pivot', ['plan', ['pro', "o'neil"]], { value: 'mrr', prefix: 'mrr_' })}\nfrom t`,
  'pivot-of-rows': `select\n${call('pivot', ['plan', ['pro', 'Order']])}\nfrom t`,
  'union-relations': call('union_relations', [
    ['analytics.a', 'analytics.b'],
    ['id', 'user'],
  ]),
};

function expressions(...list: readonly string[]): string {
  return `select\n${list.map((expression, index) => `  ${expression} as r${index + 1}`).join(',\n')}\nfrom t`;
}
