import { Backend } from './backend.ts';
import type { RunningOptions } from './redshift-server.ts';
import { literal } from './statement.ts';

/** The connection to PostgreSQL behind a session of a user: those made by a statement have their own rights there. */
export async function openBackend(
  { postgresUrl, isolation = 'snapshot', state }: RunningOptions,
  user: string,
): Promise<Backend> {
  const backend = await Backend.connect(postgresUrl);
  for (const statement of [...SESSION, ISOLATION[isolation]]) await backend.query(statement);
  if (state.passwords.has(user)) {
    const { rows } = await backend.query(`select stand_in.role_of('user', ${literal(user)})`);
    await backend.query(`set role ${rows[0]?.[0]}`);
  }
  return backend;
}

/** Runs statements on a connection of their own, outside of every transaction of a client's. */
export async function runAside(postgresUrl: string, statements: readonly string[]): Promise<void> {
  const backend = await Backend.connect(postgresUrl);
  try {
    for (const statement of [...SESSION, ...statements]) await backend.query(statement);
  } finally {
    backend.end();
  }
}

/** What a session begins with, so that PostgreSQL reads SQL more as Redshift does. */
const SESSION = [
  'set standard_conforming_strings = off',
  'set escape_string_warning = off',
  `set timezone = 'UTC'`,
  `set datestyle = 'ISO, MDY'`,
  `set intervalstyle = 'postgres'`,
];

/** What Redshift calls SNAPSHOT, PostgreSQL calls REPEATABLE READ. */
const ISOLATION = {
  snapshot: `set default_transaction_isolation = 'repeatable read'`,
  serializable: `set default_transaction_isolation = 'serializable'`,
};
