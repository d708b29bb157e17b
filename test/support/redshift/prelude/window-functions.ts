import { sqlFunction } from './sql-function.ts';

/** What windows of Redshift's are computed with: from arrays, and by aggregates that pass over NULL. */
export function windowFunctions(): readonly string[] {
  return [
    sqlFunction('stand_in.from_start(anyarray, integer)', 'anyelement', '$1[$2]'),
    sqlFunction('stand_in.from_end(anyarray, integer)', 'anyelement', '$1[cardinality($1) - $2 + 1]'),
    sqlFunction('stand_in.later(anyelement, anyelement)', 'anyelement', '$2', 'immutable strict'),
    'create aggregate stand_in.known_first_value(anyelement) (sfunc = stand_in.either, stype = anyelement)',
    'create aggregate stand_in.known_last_value(anyelement) (sfunc = stand_in.later, stype = anyelement)',
    sqlFunction(
      'stand_in.listed(text[], text, boolean)',
      'text',
      `string_agg(item, $2 order by place)
  from (
    select item, place, row_number() over (partition by item order by place) as nth
    from unnest($1) with ordinality as items (item, place)
    where item is not null
  ) as known
  where nth = 1 or not $3`,
    ),
    sqlFunction(
      'stand_in.percentile(double precision[], double precision)',
      'double precision',
      'percentile_cont($2) within group (order by item) from unnest($1) as items (item)',
    ),
  ];
}
