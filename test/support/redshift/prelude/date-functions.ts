import { sqlFunction } from './sql-function.ts';

/** Boundaries between two moments; those of weeks are Sundays. */
const DIFFERENCE = `case $1
    when 'year' then extract(year from $3) - extract(year from $2)
    when 'quarter' then (extract(year from $3) - extract(year from $2)) * 4
      + extract(quarter from $3) - extract(quarter from $2)
    when 'month' then (extract(year from $3) - extract(year from $2)) * 12
      + extract(month from $3) - extract(month from $2)
    when 'week' then (($3::date - extract(dow from $3)::integer) - ($2::date - extract(dow from $2)::integer)) / 7
    when 'day' then $3::date - $2::date
    when 'hour' then extract(epoch from pg_catalog.date_trunc($1, $3) - pg_catalog.date_trunc($1, $2)) / 3600
    when 'minute' then extract(epoch from pg_catalog.date_trunc($1, $3) - pg_catalog.date_trunc($1, $2)) / 60
    when 'second' then extract(epoch from pg_catalog.date_trunc($1, $3) - pg_catalog.date_trunc($1, $2))
    when 'millisecond' then extract(epoch from $3 - $2) * 1000
    else extract(epoch from $3 - $2) * 1000000
  end::bigint`;

/** Thousandths of seconds are counted within the second. */
const FIELD = `case $1
    when 'millisecond' then pg_catalog.date_part($1, $2)::bigint % 1000
    when 'microsecond' then pg_catalog.date_part($1, $2)::bigint % 1000000
    else pg_catalog.date_part($1, $2)
  end`;

const MONTHS_BETWEEN = `(extract(year from $1) - extract(year from $2)) * 12 + extract(month from $1) - extract(month from $2)
  + case
    when extract(day from $1) = extract(day from $2)
      or (extract(day from $1 + interval '1 day') = 1 and extract(day from $2 + interval '1 day') = 1) then 0
    else (extract(day from $1) - extract(day from $2)) / 31.0::double precision
  end`;

export function clockFunctions(): readonly string[] {
  return [
    sqlFunction(
      'pg_catalog.getdate()',
      'timestamp',
      `date_trunc('second', statement_timestamp() at time zone 'UTC')`,
      'stable',
    ),
    sqlFunction('stand_in.sysdate()', 'timestamp', `transaction_timestamp() at time zone 'UTC'`, 'stable'),
    sqlFunction(
      'pg_catalog.pg_last_copy_count()',
      'bigint',
      `coalesce(nullif(current_setting('stand_in.last_copy_count', true), ''), '0')::bigint`,
      'stable',
    ),
  ];
}

export function dateFunctions(): readonly string[] {
  const unit = `case $1 when 'quarter' then '3 months' when 'millisecond' then '1 millisecond' else '1 ' || $1 end`;
  const moved = `$3 + $2 * cast(${unit} as interval)`;
  const isCut = `$1 = 'year' and extract(day from ${moved}) < extract(day from $3)`;
  return [
    sqlFunction(
      'stand_in.dateadd(text, bigint, timestamp)',
      'timestamp',
      `${moved} + case when ${isCut} then interval '1 day' else interval '0' end`,
    ),
    sqlFunction(
      'stand_in.dateadd(text, bigint, text)',
      'timestamp',
      'stand_in.dateadd($1, $2, $3::timestamp)',
      'stable',
    ),
    sqlFunction('stand_in.dateadd(text, bigint, time)', 'time', moved),
    sqlFunction('stand_in.datediff(text, timestamp, timestamp)', 'bigint', DIFFERENCE),
    sqlFunction(
      'stand_in.datediff(text, text, text)',
      'bigint',
      'stand_in.datediff($1, $2::timestamp, $3::timestamp)',
      'stable',
    ),
    sqlFunction(
      'stand_in.datediff(text, time, time)',
      'bigint',
      `stand_in.datediff($1, date '2000-01-01' + $2, date '2000-01-01' + $3)`,
    ),
    sqlFunction('stand_in.date_trunc(text, timestamp)', 'timestamp', 'pg_catalog.date_trunc($1, $2)'),
    ...['timestamp', 'time', 'interval'].flatMap((type) => [
      sqlFunction(`stand_in.date_part(text, ${type})`, 'double precision', FIELD),
      sqlFunction(`stand_in.extracted(text, ${type})`, 'bigint', `floor(${FIELD})::bigint`),
    ]),
    sqlFunction('pg_catalog.trunc(timestamp)', 'date', '$1::date'),
    sqlFunction(
      'pg_catalog.last_day(timestamp)',
      'date',
      `(pg_catalog.date_trunc('month', $1) + interval '1 month' - interval '1 day')::date`,
    ),
    sqlFunction(
      'pg_catalog.add_months(timestamp, bigint)',
      'timestamp',
      `case
    when extract(day from $1 + interval '1 day') = 1
      then $1 + interval '1 day' + $2 * interval '1 month' - interval '1 day'
    else $1 + $2 * interval '1 month'
  end`,
    ),
    sqlFunction('pg_catalog.months_between(timestamp, timestamp)', 'double precision', MONTHS_BETWEEN),
    sqlFunction(
      'pg_catalog.convert_timezone(text, text, timestamp)',
      'timestamp',
      '$3 at time zone $1 at time zone $2',
    ),
    sqlFunction(
      'pg_catalog.convert_timezone(text, timestamp)',
      'timestamp',
      `$2 at time zone 'UTC' at time zone $1`,
    ),
  ];
}
