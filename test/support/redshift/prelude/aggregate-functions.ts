import { sqlFunction } from './sql-function.ts';

/** Sums and averages of whole numbers are whole numbers. */
export function aggregateFunctions(): readonly string[] {
  return [
    'create aggregate stand_in.sum(smallint) (sfunc = int2_sum, stype = bigint)',
    'create aggregate stand_in.sum(integer) (sfunc = int4_sum, stype = bigint)',
    `create aggregate stand_in.sum(bigint) (
  sfunc = int8pl, stype = bigint, msfunc = int8pl, minvfunc = int8mi, mstype = bigint
)`,
    `create aggregate stand_in.sum(numeric) (
  sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_sum,
  msfunc = numeric_avg_accum, minvfunc = numeric_accum_inv, mstype = internal, mfinalfunc = numeric_sum
)`,
    'create aggregate stand_in.sum(double precision) (sfunc = float8pl, stype = double precision)',
    'create aggregate stand_in.sum(interval) (sfunc = interval_pl, stype = interval)',
    sqlFunction('stand_in.whole_average(bigint[])', 'bigint', 'case when $1[1] > 0 then $1[2] / $1[1] end'),
    ...['smallint', 'integer', 'bigint'].flatMap((type) => [
      sqlFunction(
        `stand_in.add_to_average(bigint[], ${type})`,
        'bigint[]',
        'case when $2 is null then $1 else array[$1[1] + 1, $1[2] + $2] end',
      ),
      `create aggregate stand_in.avg(${type}) (
  sfunc = stand_in.add_to_average, stype = bigint[], finalfunc = stand_in.whole_average, initcond = '{0,0}'
)`,
    ]),
    `create aggregate stand_in.avg(numeric) (
  sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg,
  msfunc = numeric_avg_accum, minvfunc = numeric_accum_inv, mstype = internal, mfinalfunc = numeric_avg
)`,
    `create aggregate stand_in.avg(double precision) (
  sfunc = float8_accum, stype = double precision[], finalfunc = float8_avg, initcond = '{0,0,0}'
)`,
    sqlFunction('stand_in.either(anyelement, anyelement)', 'anyelement', '$1', 'immutable strict'),
    'create aggregate pg_catalog.any_value(anyelement) (sfunc = stand_in.either, stype = anyelement)',
  ];
}
