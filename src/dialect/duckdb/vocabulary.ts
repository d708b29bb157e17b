import type { Vocabulary } from '../nondeterminism.ts';
import { DETERMINISTIC_FUNCTIONS } from './deterministic-functions.ts';

/** What DuckDB's words mean for whether a statement gives the same rows twice. */
export const duckdbVocabulary: Vocabulary = {
  deterministicFunctions: DETERMINISTIC_FUNCTIONS,
  ambientWords: words(`
    current_date current_time current_timestamp localtime localtimestamp
    current_user current_role session_user user current_catalog current_schema current_database
  `),
  samplingPhrases: new Set(['tablesample', 'using sample']),
  wordsBeforeParenthesis: words(`
    all and any array as asc between by case collate columns cross cube desc distinct else end escape except exclude
    exists filter for from full glob group groups having ilike in inner intersect interval is join lateral left like
    limit map materialized name natural not nulls of offset on or order over partition pivot preceding qualify range recursive
    rename replace returning right rollup rows select semi sets similar some struct then to union unpivot using values
    when where window with within
    bigint bit blob bool boolean bpchar char character datetime dec decimal double enum float float4 float8 hugeint int
    int1 int2 int4 int8 integer numeric nvarchar precision real smallint string text time timestamp timestamptz timetz
    tinyint ubigint uinteger usmallint utinyint varbinary varchar varying
  `),
  untypedMoments: false,
};

const EXTERNAL_FAMILIES =
  /^(?:read|scan|parquet|duckdb|pragma|sqlite|postgres|mysql|iceberg|delta|arrow|ducklake|st_read)_/;
const EXTERNAL_FUNCTIONS = words(`
  glob sniff_csv query query_table seq_scan iceberg_scan st_read getenv which_secret pg_timezone_names
  load_aws_credentials json_execute_serialized_sql read_xlsx sql_auto_complete checkpoint force_checkpoint
  enable_logging disable_logging truncate_duckdb_logs write_log enable_profiling disable_profiling
`);
/** As aggregates they read their arguments; behind FROM they take a table by its name. */
const BY_NAME_OF_TABLE = words('histogram histogram_values');

/**
 * Whether a function reads files, other databases, the catalog or the environment, changes the engine's settings, or,
 * in a table's place, reads a table that it is given by name.
 */
export function isExternalFunction(name: string, place: 'table' | 'expression'): boolean {
  const lower = name.toLowerCase();
  if (place === 'table' && BY_NAME_OF_TABLE.has(lower)) return true;
  return EXTERNAL_FAMILIES.test(lower) || EXTERNAL_FUNCTIONS.has(lower);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
