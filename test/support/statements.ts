import { DuckDBConnection } from '@duckdb/node-api';
import { Client } from 'pg';

/**
 * Does some work while every statement that an engine is about to get is shown first: `before` may look on, hold the statement
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
  const client: { query: Query } = Client.prototype;
  const originalQuery = client.query;
  const send = async (self: unknown, query: unknown, ...rest: unknown[]) => {
    await before(queryText(query));
    return originalQuery.call(self, query, ...rest);
  };
  client.query = function intercepted(query, ...rest) {
    // A COPY is the stream itself, which is wanted at once.
    return isStream(query) ? originalQuery.call(this, query, ...rest) : send(this, query, ...rest);
  };
  try {
    return await work();
  } finally {
    DuckDBConnection.prototype.runAndReadAll = original;
    client.query = originalQuery;
  }
}

/** The SQL of what `pg` is given. */
export function queryText(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: unknown }).text);
}

function isStream(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'pipe' in query;
}

type Query = (this: unknown, query: unknown, ...rest: unknown[]) => unknown;

/** Does some work, and gives all statements that engines got meanwhile. */
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
