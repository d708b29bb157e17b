/** The functions that Redshift's documentation lists, by its headings; in lower case. */
export const DOCUMENTED_FUNCTIONS: ReadonlySet<string> = new Set(
  [
    // aggregates
    `any_value approximate_percentile_disc avg count listagg max median min percentile_cont percentile_disc stddev
     stddev_pop stddev_samp sum variance var_pop var_samp bit_and bit_or bool_and bool_or`,
    // windows
    `cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank ratio_to_report row_number`,
    // conditions
    `coalesce decode greatest least nvl nvl2 nullif grouping grouping_id`,
    // dates and times
    `add_months convert_timezone current_date date_cmp date_cmp_timestamp date_cmp_timestamptz date_part date_part_year
     date_trunc dateadd datediff getdate interval_cmp last_day months_between next_day sysdate timeofday timestamp_cmp
     timestamp_cmp_date timestamp_cmp_timestamptz timestamptz_cmp timestamptz_cmp_date timestamptz_cmp_timestamp
     timezone to_timestamp trunc extract`,
    // formats
    `cast try_cast convert text_to_int_alt text_to_numeric_alt to_char to_date to_number`,
    // text
    `ascii bpcharcmp btrim bttext_pattern_cmp char_length character_length charindex chr collate concat crc32 difference
     initcap left len length lower lpad ltrim octetindex octet_length position quote_ident quote_literal regexp_count
     regexp_instr regexp_replace regexp_substr repeat replace replicate reverse right rpad rtrim soundex split_part
     strpos strtol substr substring textlen translate trim upper`,
    // numbers
    `abs acos asin atan atan2 cbrt ceil ceiling checksum cos cot degrees dexp dlog1 dlog10 exp floor ln log mod pi pow
     power radians random round sign sin sqrt tan to_hex`,
    // hashes and bytes
    `farmfingerprint64 farmhash64 fnv_hash func_sha1 md5 murmur3_32_hash sha sha1 sha2 from_hex from_varbyte getbit
     to_varbyte varbyte_length`,
    // JSON, SUPER and objects
    `can_json_parse is_valid_json is_valid_json_array json_array_length json_extract_array_element_text
     json_extract_path_text json_parse json_serialize json_serialize_to_varbyte json_size json_typeof array array_concat
     array_contains array_distinct array_except array_flatten array_intersection array_position array_positions
     array_sort array_union arrays_overlap get_array_length split_to_array subarray decimal_precision decimal_scale
     is_array is_bigint is_boolean is_char is_decimal is_float is_integer is_object is_scalar is_smallint is_varchar
     is_null_value size lower_attribute_names upper_attribute_names object object_transform get_number_attributes`,
    // sketches
    `hll hll_cardinality hll_combine hll_combine_sketches hll_create_sketch`,
    // the session and the system
    `change_query_priority change_session_priority change_user_priority col_description obj_description
     current_aws_account current_database current_namespace current_session_arn current_setting current_user
     current_user_id pg_backend_pid pg_get_cols pg_get_grantee_by_iam_role pg_get_iam_role_by_user
     pg_get_late_binding_view_cols pg_get_session_roles pg_last_copy_count pg_last_copy_id pg_last_query_id
     pg_last_unload_count pg_last_unload_id pg_last_unload_id role_is_member_of session_user slice_num user
     user_is_member_of version default_iam_role explain_model mask_get_policy_for_role_on_column last_user_query_id`,
    // spatial
    `addbbox dropbbox geometrytype h3_boundary h3_center h3_fromlonglat h3_frompoint h3_isvalid h3_polyfill
     h3_resolution h3_tochildren h3_toparent supportsbbox st_addpoint st_angle st_area st_asbinary st_asewkb st_asewkt
     st_asgeojson st_ashexewkb st_ashexwkb st_astext st_azimuth st_boundary st_buffer st_centroid st_collect st_contains
     st_containsproperly st_convexhull st_coveredby st_covers st_crosses st_dimension st_disjoint st_distance
     st_distancesphere st_dwithin st_endpoint st_envelope st_equals st_exteriorring st_force2d st_force3d st_force3dm
     st_force3dz st_force4d st_geogfromtext st_geogfromwkb st_geohash st_geometryn st_geometrytype st_geomfromewkb
     st_geomfromewkt st_geomfromgeohash st_geomfromgeojson st_geomfromgeosquare st_geomfromtext st_geomfromwkb
     st_geosquare st_interiorringn st_intersection st_intersects st_isclosed st_iscollection st_isempty
     st_ispolygonccw st_ispolygoncw st_isring st_issimple st_isvalid st_length st_lengthsphere st_length2d
     st_linefrommultipoint st_lineinterpolatepoint st_m st_makeenvelope st_makeline st_makepoint st_makepolygon
     st_memsize st_mmax st_mmin st_multi st_ndims st_npoints st_nrings st_numgeometries st_numinteriorrings st_numpoints
     st_perimeter st_perimeter2d st_point st_pointn st_points st_polygon st_removepoint st_reverse st_setpoint
     st_setsrid st_simplify st_srid st_startpoint st_touches st_transform st_union st_within st_x st_xmax st_xmin
     st_y st_ymax st_ymin st_z st_zmax st_zmin`,
  ].flatMap((names) => names.trim().split(/\s+/)),
);
