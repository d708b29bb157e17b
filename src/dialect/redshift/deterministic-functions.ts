/**
 * The functions in Redshift's documentation whose result depends on their arguments alone. What reads the clock, the
 * session or a seed is not among them, nor are functions that Redshift has but does not document.
 */
export const DETERMINISTIC_FUNCTIONS: ReadonlySet<string> = new Set(
  `
  abs acos add_months any_value array array_concat array_flatten array_length ascii asin atan atan2 avg
  bit_and bit_or bool_and bool_or bpcharcmp btrim bttext_pattern_cmp can_json_parse cast cbrt ceil ceiling
  char_length character_length charindex checksum chr coalesce collate concat convert convert_timezone cos cot
  count crc32 cume_dist date date_cmp date_cmp_timestamp date_cmp_timestamptz date_part date_part_year
  date_trunc dateadd datediff datepart decode degrees dense_rank dexp difference dlog1 dlog10 exp extract
  farmfingerprint64 first_value floor fnv_hash from_hex from_varbyte func_sha1 get_array_length
  getbit greatest grouping grouping_id hll hll_cardinality hll_combine hll_create_sketch initcap interval_cmp
  is_array is_bigint is_boolean is_char is_decimal is_float is_integer is_object is_scalar is_smallint
  is_valid_json is_valid_json_array is_varchar json_array_length json_extract_array_element_text
  json_extract_path_text json_parse json_serialize json_serialize_to_varbyte json_size json_typeof lag
  last_day last_value lead least left len length listagg ln log lower lpad ltrim max md5 median min mod
  months_between murmur3_32_hash next_day nth_value ntile nullif nvl nvl2 object object_transform
  octet_length octetindex percent_rank percentile_cont percentile_disc pi position power pow quote_ident
  quote_literal radians rank ratio_to_report regexp_count regexp_instr regexp_replace regexp_substr repeat
  replace replicate reverse right round row_number rpad rtrim sha sha1 sha2 sign sin soundex split_part
  split_to_array sqrt stddev stddev_pop stddev_samp strpos strtol subarray substr substring sum tan
  text_to_int_alt text_to_numeric_alt textlen timestamp_cmp timestamp_cmp_date timestamp_cmp_timestamptz
  timestamptz_cmp timestamptz_cmp_date timestamptz_cmp_timestamp timezone to_char to_date to_hex to_number
  to_timestamp to_varbyte translate trim trunc try_cast upper var_pop var_samp variance
`
    .trim()
    .split(/\s+/),
);
