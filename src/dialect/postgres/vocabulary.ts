import type { Vocabulary } from '../nondeterminism.ts';
import { DETERMINISTIC_FUNCTIONS } from './deterministic-functions.ts';

/** What PostgreSQL's words mean for whether a statement gives the same rows twice. */
export const postgresVocabulary: Vocabulary = {
  deterministicFunctions: DETERMINISTIC_FUNCTIONS,
  ambientWords: words(`
    current_date current_time current_timestamp localtime localtimestamp
    current_user current_role session_user system_user user current_catalog current_schema
  `),
  samplingPhrases: new Set(['tablesample']),
  wordsBeforeParenthesis: words(`
    all and any array as asc asymmetric between by case check collate columns cross cube desc distinct else end escape
    except exists filter for from full group groups having ilike in inner intersect is isnull join json_table lateral left
    like limit materialized name natural not notnull nulls of offset on only or order outer over partition passing preceding
    range recursive returning right rollup rows select sets similar some symmetric then to union using values variadic when
    where window with within xmlnamespaces xmltable
    bigint bit bool boolean bpchar char character date dec decimal double float float4 float8 int int2 int4 int8 integer
    interval json jsonb numeric precision real smallint text time timestamp timestamptz timetz uuid varbit varchar varying
  `),
  untypedMoments: true,
};

const EXTERNAL_FAMILIES =
  /^(?:pg|lo|dblink|binary_upgrade|postgres_fdw|file_fdw|(?:query|table|schema|database|cursor)_to_xml)_/;
const EXTERNAL_FUNCTIONS = words(`
  cursor_to_xml cursor_to_xmlschema database_to_xml database_to_xmlschema query_to_xml query_to_xmlschema schema_to_xml
  schema_to_xmlschema table_to_xml table_to_xmlschema
  dblink loread lowrite connectby crosstab crosstab2 crosstab3 crosstab4 crosstabn ts_stat
  currval lastval nextval setval set_config setseed
`);
const HARMLESS = words('pg_typeof pg_size_bytes pg_size_pretty pg_sleep pg_column_size');

/**
 * Whether a function reads files, large objects, other databases or the catalog, runs a query that it is given as text, or
 * changes the session or the server.
 */
export function isExternalFunction(name: string): boolean {
  const lower = name.toLowerCase();
  if (HARMLESS.has(lower)) return false;
  return EXTERNAL_FAMILIES.test(lower) || EXTERNAL_FUNCTIONS.has(lower);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
