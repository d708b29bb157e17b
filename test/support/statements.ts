import { DuckDBConnection } from '@duckdb/node-api';

/**
 * Does some work while every statement that DuckDB is about to get is shown first: `before` may look on, hold the statement
 * back, or fail in its place, as a connection that breaks does. Not to be nested.
 */
export async function interceptStatements<T>(
  before: (sql: string) => Promise<void> | void,
  work: () => Promise<T>,
): Promise<T> {
  const original = DuckDBConnection.prototype.runAndReadAll;
  DuckDBConnection.prototype.runAndReadAll = async function intercepted(sql, ...rest) {
    await before(sql);
    return original.call(this, sql, ...rest);
  };
  try {
    return await work();
  } finally {
    DuckDBConnection.prototype.runAndReadAll = original;
  }
}

/** Does some work, and gives all statements that DuckDB got meanwhile. */
export async function recordStatements<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly statements: readonly string[] }> {
  const statements: string[] = [];
  const result = await interceptStatements((sql) => void statements.push(sql), work);
  return { result, statements };
}

/** The error that DuckDB gives under `errors_as_json`. */
export function engineFailure(type: string, message: string): Error {
  return new Error(JSON.stringify({ exception_type: type, exception_message: message }));
}
