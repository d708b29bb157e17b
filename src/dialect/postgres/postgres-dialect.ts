import type { Dialect } from '../dialect.ts';
import { nondeterminism } from '../nondeterminism.ts';
import { portableMacros } from '../portable-macro.ts';
import type { Relation } from '../relation.ts';
import { plainCreations, sharedStatements } from '../shared-statements.ts';
import { tokenizer } from '../tokenizer.ts';
import { CONNECTED_RUNS } from './application-name.ts';
import { lockHoldersQuery } from './lock-holders.ts';
import { postgresMacros } from './macros/postgres-macros.ts';
import { nullSafeEquals } from './null-safe-equals.ts';
import {
  catalogQuery,
  columnsQuery,
  dependentViewsQuery,
  relationsQuery,
  schemasQuery,
} from './postgres-catalog.ts';
import { loadCsv } from './postgres-csv.ts';
import { granteesQuery, grants, grantsQuery } from './postgres-grants.ts';
import { fold, IDENTIFIER_BYTES, literal, quote, relationName } from './postgres-text.ts';
import { parsePostgresType, postgresType } from './postgres-type.ts';
import { isExternalFunction, postgresVocabulary } from './vocabulary.ts';

const wording = { quote, relation: relationName, literal, type: postgresType };

/** PostgreSQL's dialect, from 13 on; division and NULL order are Redshift's by themselves. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  supports: {
    grants: true,
    viewDependencies: true,
    replaceView: 'append',
    enforcedKeys: true,
    sharedDatabase: true,
    fusedTests: true,
    csv: 'stream',
    exports: false,
  },
  sessionSchema: 'pg_temp',
  identifierBytes: IDENTIFIER_BYTES,
  sessionSettings: [
    `set timezone = 'UTC'`,
    `set datestyle = 'ISO, YMD'`,
    `set intervalstyle = 'postgres'`,
    `set bytea_output = 'hex'`,
    'set extra_float_digits = 1',
    'set standard_conforming_strings = on',
    'set search_path = public',
    `set default_transaction_isolation = 'read committed'`,
    'set client_min_messages = warning',
  ],
  /** Readers wait behind a publish that waits for a lock; a second would be enough for a deadlock to end one of them. */
  lockHoldersQuery,
  publishSettings: (attempt) => [`set local lock_timeout = '${Math.min(25 * 2 ** attempt, 400)}ms'`],
  macros: portableMacros(postgresMacros),

  ...wording,
  fold,
  parseType: parsePostgresType,
  nullSafeEquals,

  tokenize: tokenizer({
    nestedComments: true,
    dollarQuotes: true,
    escapeStrings: true,
    backslashInStrings: false,
    unicodeSpaces: new Set(),
  }),
  nondeterminism: (tokens, declared) => nondeterminism(tokens, postgresVocabulary, declared),
  isExternalFunction,

  ...sharedStatements(wording),
  ...plainCreations(wording),
  materializedViews: {
    create: (relation, select) => `create materialized view ${relationName(relation)} as\n${select}`,
    drop: (relation) => `drop materialized view if exists ${relationName(relation)}`,
  },
  ...grants,
  grantsQuery,
  granteesQuery,
  analyzeTable: (relation) => `analyze ${relationName(relation)}`,
  /** The second of two updates of one row waits for the first, and then sees what it wrote. */
  lockTable: () => undefined,
  loadCsv,
  exportQuery: refuseExport,
  exportDatabase: refuseExport,

  catalogQuery,
  columnsQuery,
  relationsQuery,
  dependentViewsQuery,
  schemasQuery,
  checksumQuery,
  /** `now()` would be the moment at which the transaction began. */
  clockQuery: () => `select timezone('UTC', clock_timestamp()) as now`,
  connectedRunsQuery: () => CONNECTED_RUNS,
};

/** `.*` is the whole row, also of a table with a column `source_row`. */
function checksumQuery(relation: Relation): string {
  return `select
  count(*) as row_count,
  cast(sum(hashtextextended(cast(source_row.* as text) collate "C", 0)) as text) as checksum
from ${relationName(relation)} as source_row`;
}

function refuseExport(): never {
  throw new Error('PostgreSQL writes no files for its caller; callers ask `supports.exports` first.');
}
