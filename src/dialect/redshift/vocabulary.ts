import type { Vocabulary } from '../nondeterminism.ts';
import { DETERMINISTIC_FUNCTIONS } from './deterministic-functions.ts';

/** What Redshift's words mean for whether a statement gives the same rows twice. */
export const redshiftVocabulary: Vocabulary = {
  deterministicFunctions: DETERMINISTIC_FUNCTIONS,
  ambientWords: words(`
    current_date current_time current_timestamp localtime localtimestamp sysdate
    current_user current_user_id session_user user current_namespace current_aws_account
  `),
  samplingPhrases: new Set(['tablesample']),
  wordsBeforeParenthesis: words(`
    all and any approximate as asc between by case cast connect cross cube desc distinct else end except exclude exists
    following for from full group having ilike in inner intersect interval into is join left like limit minus natural not
    nulls of offset on or order outer over partition pivot preceding prior qualify recursive right rollup rows select sets
    similar some start then to top union unnest unpivot using values when where with within
    bigint bool boolean bpchar char character date datetime dec decimal double float float4 float8 int int2 int4 int8
    integer nchar numeric nvarchar precision real smallint super text time timestamp timestamptz timetz varbinary varbyte
    varchar varying
  `),
  untypedMoments: true,
};

const EXTERNAL_FAMILIES = /^(?:pg_get_|pg_last_|pg_cancel_|pg_terminate_|change_(?:query|session|user)_)/;
const EXTERNAL_FUNCTIONS = words('explain_model nextval currval setval set_config');

/** Whether a function reads the catalog or what other statements did, or changes something. */
export function isExternalFunction(name: string): boolean {
  const lower = name.toLowerCase();
  return EXTERNAL_FAMILIES.test(lower) || EXTERNAL_FUNCTIONS.has(lower);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
