import type { Dialect } from '../dialect.ts';
import { nondeterminism } from '../nondeterminism.ts';
import { portableMacros } from '../portable-macro.ts';
import type { Relation } from '../relation.ts';
import { plainCreations, sharedStatements } from '../shared-statements.ts';
import { tokenizer } from '../tokenizer.ts';
import { catalogQuery, columnsQuery, relationsQuery, schemasQuery } from './duckdb-catalog.ts';
import { loadCsv } from './duckdb-csv.ts';
import { fold, IDENTIFIER_BYTES, literal, quote, relationName, UNICODE_SPACES } from './duckdb-text.ts';
import { duckdbType, parseDuckdbType } from './duckdb-type.ts';
import { duckdbMacros } from './macros/duckdb-macros.ts';
import { duckdbVocabulary, isExternalFunction } from './vocabulary.ts';

const wording = { quote, relation: relationName, literal, type: duckdbType };

/** DuckDB's dialect: the embedded engine, set so that division, NULL order and time zone are Redshift's. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  supports: {
    grants: false,
    viewDependencies: false,
    replaceView: 'freely',
    enforcedKeys: true,
    sharedDatabase: false,
    fusedTests: false,
    csv: 'files',
    exports: true,
  },
  identifierBytes: IDENTIFIER_BYTES,
  sessionSettings: [
    `set timezone = 'UTC'`,
    `set calendar = 'gregorian'`,
    'set integer_division = true',
    `set default_null_order = 'nulls_last_on_asc_first_on_desc'`,
    'set autoinstall_known_extensions = false',
    'set autoload_known_extensions = false',
  ],
  publishSettings: () => [],
  lockHoldersQuery: () => undefined,
  macros: portableMacros(duckdbMacros),

  ...wording,
  fold,
  parseType: parseDuckdbType,
  nullSafeEquals: (left, right) => `${left} is not distinct from ${right}`,

  tokenize: tokenizer({
    nestedComments: true,
    dollarQuotes: true,
    escapeStrings: true,
    backslashInStrings: false,
    unicodeSpaces: UNICODE_SPACES,
  }),
  nondeterminism: (tokens, declared) => nondeterminism(tokens, duckdbVocabulary, declared),
  isExternalFunction,

  ...sharedStatements(wording),
  ...plainCreations(wording),
  temporaryTables: {
    relation: (name) => ({ schema: 'temp', name }),
    create: (relation, select) => `create temporary table ${relationName(relation)} as\n${select}`,
  },
  grantSelect: refuseGrant,
  revokeSelect: refuseGrant,
  grantUsage: refuseGrant,
  grantsQuery: refuseGrant,
  granteesQuery: refuseGrant,
  analyzeTable: () => undefined,
  lockTable: () => undefined,
  loadCsv,
  exportQuery: (select, file, format) =>
    `copy (\n${select}\n) to ${literal(file)} (${format === 'csv' ? 'format csv, header' : 'format parquet, compression zstd'})`,
  exportDatabase,

  catalogQuery,
  columnsQuery,
  relationsQuery,
  dependentViewsQuery: () => undefined,
  schemasQuery,
  checksumQuery,
  clockQuery: () => `select timezone('UTC', now()) as now`,
  connectedRunsQuery: () => undefined,
};

function checksumQuery(relation: Relation): string {
  return `select count(*) as row_count, cast(sum(hash(source_row)) as varchar) as checksum
from ${relationName(relation)} as source_row`;
}

function refuseGrant(): never {
  throw new Error('DuckDB has no grants; callers ask `supports.grants` first.');
}

function exportDatabase(
  file: string,
  tables: readonly { readonly name: string; readonly select: string }[],
): readonly string[] {
  const database = quote('model_export');
  const copies = tables.map(
    ({ name, select }) => `create table ${database}.main.${quote(name)} as\n${select}`,
  );
  return [`attach ${literal(file)} as ${database}`, ...copies, `detach ${database}`];
}
