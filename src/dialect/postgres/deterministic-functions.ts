/**
 * The functions of PostgreSQL 13 to 18 whose result depends on their arguments alone, under the settings that sessions begin
 * with: what pg_proc calls immutable, and those that it calls stable only for settings that are always the same (time zone,
 * date style). Left out: what reads the clock (`age` of one argument), the catalog, or the text search configuration.
 */
export const DETERMINISTIC_FUNCTIONS: ReadonlySet<string> = new Set(
  `
  abs acos acosd acosh any_value array_agg array_append array_cat array_dims array_fill array_length
  array_lower array_ndims array_position array_positions array_prepend array_remove array_replace
  array_reverse array_sort array_to_json array_to_string array_upper ascii asin asind asinh atan atan2
  atan2d atand atanh avg bit bit_and bit_count bit_length bit_or bit_xor bool bool_and bool_or bpchar
  btrim cardinality casefold cast cbrt ceil ceiling char_length character_length chr coalesce concat
  concat_ws convert convert_from convert_to corr cos cosd cosh cot cotd count covar_pop covar_samp crc32
  crc32c cume_dist date date_add date_bin date_part date_subtract date_trunc daterange decode degrees
  dense_rank div encode enum_first enum_last enum_range erf erfc every exp extract factorial first_value
  float4 float8 floor format gamma gcd generate_series generate_subscripts get_bit get_byte greatest
  grouping hash_array hash_record_extended hashtext hashtextextended initcap int2 int4 int4range int8
  int8range interval is_normalized isempty isfinite json_agg json_array json_array_elements
  json_array_elements_text json_array_length json_arrayagg json_build_array json_build_object json_each
  json_each_text json_exists json_extract_path json_extract_path_text json_object json_object_agg
  json_object_keys json_objectagg json_populate_record json_populate_recordset json_query json_scalar
  json_serialize json_strip_nulls json_to_record json_to_recordset json_typeof json_value jsonb_agg
  jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
  jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
  jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match
  jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first
  jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record jsonb_populate_recordset
  jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
  justify_days justify_hours justify_interval lag last_value lcm lead least left length lgamma ln log
  log10 lower lower_inc lower_inf lpad ltrim make_date make_interval make_time make_timestamp
  make_timestamptz max md5 min min_scale mod mode multirange name normalize nth_value ntile nullif
  num_nonnulls num_nulls numeric numrange octet_length overlaps overlay parse_ident percent_rank
  percentile_cont percentile_disc pg_size_bytes pg_size_pretty pg_typeof pi position pow power
  quote_ident quote_literal quote_nullable radians range_agg range_intersect_agg range_merge rank
  regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
  regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
  regr_sxx regr_sxy regr_syy repeat replace reverse right round row row_number row_to_json rpad rtrim
  scale set_bit set_byte sha224 sha256 sha384 sha512 sign sin sind sinh split_part sqrt starts_with
  stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strpos substr substring sum
  tan tand tanh text time timestamp timestamptz timetz timezone to_bin to_char to_date to_hex to_json
  to_jsonb to_number to_oct to_timestamp translate trim trim_array trim_scale trunc tsrange tstzrange
  unistr unnest upper upper_inc upper_inf var_pop var_samp varbit varchar variance width_bucket
  xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlattributes
  xmlcomment xmlconcat xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot xmlserialize xmlvalidate
  xpath xpath_exists
`
    .trim()
    .split(/\s+/),
);
