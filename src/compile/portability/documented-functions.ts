import { DETERMINISTIC_FUNCTIONS } from '../../dialect/redshift/deterministic-functions.ts';

/** The functions that Redshift's documentation lists, in lower case: those of the dialect's list, and all others. */
export const DOCUMENTED_FUNCTIONS: ReadonlySet<string> = new Set([
  ...DETERMINISTIC_FUNCTIONS,
  ...[
    // the clock, and chance
    `current_date getdate random sysdate timeofday`,
    // hashes and bytes
    `farmhash64 varbyte_length`,
    // JSON, SUPER and objects
    `array_contains array_distinct array_except array_intersection array_position array_positions
     array_sort array_union arrays_overlap decimal_precision decimal_scale is_null_value size
     lower_attribute_names upper_attribute_names get_number_attributes`,
    // sketches
    `hll_combine_sketches`,
    // the session and the system
    `change_query_priority change_session_priority change_user_priority col_description obj_description
     current_aws_account current_database current_namespace current_session_arn current_setting
     current_user current_user_id pg_backend_pid pg_get_cols pg_get_grantee_by_iam_role
     pg_get_iam_role_by_user pg_get_late_binding_view_cols pg_get_session_roles pg_last_copy_count
     pg_last_copy_id pg_last_query_id pg_last_unload_count pg_last_unload_id pg_last_unload_id
     role_is_member_of session_user slice_num user user_is_member_of version default_iam_role
     explain_model mask_get_policy_for_role_on_column last_user_query_id`,
    // spatial
    `addbbox dropbbox geometrytype h3_boundary h3_center h3_fromlonglat h3_frompoint h3_isvalid
     h3_polyfill h3_resolution h3_tochildren h3_toparent supportsbbox st_addpoint st_angle st_area
     st_asbinary st_asewkb st_asewkt st_asgeojson st_ashexewkb st_ashexwkb st_astext st_azimuth
     st_boundary st_buffer st_centroid st_collect st_contains st_containsproperly st_convexhull
     st_coveredby st_covers st_crosses st_dimension st_disjoint st_distance st_distancesphere st_dwithin
     st_endpoint st_envelope st_equals st_exteriorring st_force2d st_force3d st_force3dm st_force3dz
     st_force4d st_geogfromtext st_geogfromwkb st_geohash st_geometryn st_geometrytype st_geomfromewkb
     st_geomfromewkt st_geomfromgeohash st_geomfromgeojson st_geomfromgeosquare st_geomfromtext
     st_geomfromwkb st_geosquare st_interiorringn st_intersection st_intersects st_isclosed
     st_iscollection st_isempty st_ispolygonccw st_ispolygoncw st_isring st_issimple st_isvalid st_length
     st_lengthsphere st_length2d st_linefrommultipoint st_lineinterpolatepoint st_m st_makeenvelope
     st_makeline st_makepoint st_makepolygon st_memsize st_mmax st_mmin st_multi st_ndims st_npoints
     st_nrings st_numgeometries st_numinteriorrings st_numpoints st_perimeter st_perimeter2d st_point
     st_pointn st_points st_polygon st_removepoint st_reverse st_setpoint st_setsrid st_simplify st_srid
     st_startpoint st_touches st_transform st_union st_within st_x st_xmax st_xmin st_y st_ymax st_ymin
     st_z st_zmax st_zmin`,
  ].flatMap((names) => names.trim().split(/\s+/)),
]);
