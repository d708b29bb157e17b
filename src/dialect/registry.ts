import { unknownAdapter } from '../diagnostic/catalogue/warehouse.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { Dialect } from './dialect.ts';
import { duckdbDialect } from './duckdb/duckdb-dialect.ts';
import { postgresDialect } from './postgres/postgres-dialect.ts';
import { redshiftDialect } from './redshift/redshift-dialect.ts';

const DIALECTS: readonly Dialect[] = [duckdbDialect, postgresDialect, redshiftDialect];

/** What a target may name as its `adapter`. */
const adapterNames: readonly string[] = DIALECTS.map((dialect) => dialect.name);

/** The dialect of an adapter; throws a diagnostic for a name that no dialect has. */
export function dialectOf(adapter: string): Dialect {
  const dialect = DIALECTS.find((candidate) => candidate.name === adapter);
  if (dialect === undefined)
    throw new DiagnosticError([unknownAdapter({ name: adapter, candidates: adapterNames })]);
  return dialect;
}

/** The dialect that compiled SQL is linted for: the project's own where it asks for that, else the one that does. */
export function lintedDialect(adapter: string): Dialect {
  const own = dialectOf(adapter);
  return own.supports.portabilityLint === true ? own : (LINTED ?? own);
}

const LINTED = DIALECTS.find((dialect) => dialect.supports.portabilityLint === true);
