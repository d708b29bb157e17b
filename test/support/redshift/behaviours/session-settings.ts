import { type Behaviour, doc, memory, refuse, rewrite } from '../behaviour.ts';
import { begins, edited, textOf } from '../statement.ts';

/** What Redshift lets a session set and PostgreSQL has, too. */
const SHARED = new Set(['datestyle', 'extra_float_digits', 'search_path', 'statement_timeout', 'timezone']);

/** What Redshift alone lets a session set. */
const OWN = new Set(
  `
  analyze_threshold_percent cast_super_null_on_error datashare_break_glass_session_var default_geometry_encoding
  describe_field_name_in_uppercase downcase_delimited_identifier enable_case_sensitive_identifier
  enable_case_sensitive_super_attribute enable_numeric_rounding enable_result_cache_for_session enable_vacuum_boost
  error_on_nondeterministic_update interval_forbid_composite_literals json_serialization_enable
  json_serialization_parse_nested_strings max_concurrency_scaling_clusters max_cursor_result_set_size
  mv_enable_aqmv_for_session navigate_super_null_on_error parse_super_null_on_error pg_federation_repeatable_read
  query_group spectrum_enable_pseudo_columns spectrum_query_maxerror stored_proc_log_min_messages use_fips_ssl
  wlm_query_slot_count
`
    .trim()
    .split(/\s+/),
);

/** Redshift's own parameters are kept, and mean nothing. */
export const ownParameters: Behaviour = {
  name: 'SET, SHOW and RESET of the parameters that Redshift has, and of no others',
  source: doc('cm_chap_ConfigurationRef'),
  apply(statement) {
    const { words } = statement;
    const isSet = begins(statement, 'set');
    if (!isSet && !begins(statement, 'show') && !begins(statement, 'reset')) return undefined;
    const at = words[1] === 'local' || (words[1] === 'session' && words[2] !== 'authorization') ? 2 : 1;
    const name = words[at] ?? '';
    if (NOT_PARAMETERS.has(name) || SHARED.has(name)) return undefined;
    if (!OWN.has(name)) return refuse(`unrecognized configuration parameter "${name}"`, '42704');
    const value = textOf(statement, at + 2);
    const text = isSet
      ? `stand_in.${name} to ${/^\w+$/.test(value) ? `'${value}'` : value}`
      : `stand_in.${name}`;
    return rewrite(edited(statement, [{ from: at, to: words.length, text }]));
  },
};

/** Words behind SET, SHOW and RESET that begin other things. */
const NOT_PARAMETERS = new Set(['transaction', 'characteristics', 'authorization', 'time', 'all', 'role']);

export const noDiscard: Behaviour = {
  name: 'DISCARD is not known',
  source: memory(
    'PostgreSQL has it since 8.3, Redshift comes from 8.0, and its list of commands does not name it',
  ),
  apply: (statement) =>
    begins(statement, 'discard') ? refuse('syntax error at or near "discard"', '42601') : undefined,
};
