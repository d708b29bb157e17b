import { coalescedEquals } from '../coalesced-equals.ts';
import type { ColumnType } from '../column-type.ts';
import type { Dialect } from '../dialect.ts';
import { nondeterminism } from '../nondeterminism.ts';
import { portableMacros } from '../portable-macro.ts';
import { sharedStatements } from '../shared-statements.ts';
import { tokenizer } from '../tokenizer.ts';
import { loadErrors } from './load-error-query.ts';
import { redshiftMacros } from './macros/redshift-macros.ts';
import {
  catalogQuery,
  checksumQuery,
  columnsQuery,
  dependentViewsQuery,
  relationsQuery,
  schemasQuery,
} from './redshift-catalog.ts';
import { loadCsv } from './redshift-copy.ts';
import { granteesQuery, grants, grantsQuery } from './redshift-grant.ts';
import { createMaterializedView, createTable, createTableAs } from './redshift-table.ts';
import { fold, IDENTIFIER_BYTES, literal, quote, relationName } from './redshift-text.ts';
import { parseRedshiftType, redshiftType } from './redshift-type.ts';
import { isExternalFunction, redshiftVocabulary } from './vocabulary.ts';

const wording = { quote, relation: relationName, literal, type: redshiftType };

/** Redshift's dialect. It looks like PostgreSQL's and is its own: backslashes, keys, loads, grants and limits differ. */
export const redshiftDialect: Dialect = {
  name: 'redshift',
  supports: {
    grants: true,
    hidesGrants: true,
    viewDependencies: true,
    replaceView: 'same',
    enforcedKeys: false,
    sharedDatabase: true,
    fusedTests: true,
    csv: 'manifest',
    exports: false,
    lateBinding: true,
    encodings: true,
    limitsStatements: true,
    portabilityLint: true,
    untypedLiterals: 'unknown',
  },
  identifierBytes: IDENTIFIER_BYTES,
  sessionSettings: [
    `set timezone to 'UTC'`,
    `set datestyle to 'ISO, MDY'`,
    'set extra_float_digits to 0',
    'set enable_case_sensitive_identifier to false',
    'set describe_field_name_in_uppercase to false',
  ],
  /** There is no `lock_timeout`. What a statement waits in a queue counts too, so that the first limit is a generous one. */
  publishSettings: (attempt) => [`set local statement_timeout to ${Math.min(5_000 * 2 ** attempt, 60_000)}`],
  lockHoldersQuery: () => undefined,
  macros: portableMacros(redshiftMacros),

  ...wording,
  fold,
  parseType: parseRedshiftType,
  nullSafeEquals,

  tokenize: tokenizer({
    nestedComments: true,
    dollarQuotes: true,
    escapeStrings: false,
    backslashInStrings: true,
    unicodeSpaces: new Set(),
  }),
  nondeterminism: (tokens, declared) => nondeterminism(tokens, redshiftVocabulary, declared),
  isExternalFunction,

  ...sharedStatements(wording),
  createTable,
  createTableAs,
  createView: (relation, select, options) =>
    `create view ${relationName(relation)} as\n${select}${binding(options?.lateBinding)}`,
  createOrReplaceView: (relation, select, options) =>
    `create or replace view ${relationName(relation)} as\n${select}${binding(options?.lateBinding)}`,
  materializedViews: {
    create: createMaterializedView,
    drop: (relation) => `drop materialized view if exists ${relationName(relation)}`,
  },
  ...grants,
  grantsQuery,
  granteesQuery,
  analyzeTable: (relation) => `analyze ${relationName(relation)}`,
  lockTable: (relation) => `lock table ${relationName(relation)}`,
  loadCsv,
  loadErrors,
  exportQuery: refuseExport,
  exportDatabase: refuseExport,

  catalogQuery,
  columnsQuery,
  relationsQuery,
  dependentViewsQuery,
  schemasQuery,
  checksumQuery,
  clockQuery: () => 'select getdate() as now',
  connectedRunsQuery: () => undefined,
};

/** Redshift has neither `is not distinct from` nor arrays; without a type no join can be hashed. */
function nullSafeEquals(left: string, right: string, type?: ColumnType): string {
  return type === undefined
    ? `(${left} = ${right} or (${left} is null and ${right} is null))`
    : coalescedEquals(left, right, type);
}

function binding(lateBinding: boolean | undefined): string {
  return lateBinding === true ? '\nwith no schema binding' : '';
}

function refuseExport(): never {
  throw new Error('Redshift writes no files beside its caller; callers ask `supports.exports` first.');
}
