import type { Dialect } from '../../dialect/dialect.ts';
import type { Session, Warehouse } from '../warehouse.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { PostgresSession, type SessionOptions } from './postgres-session.ts';
import { TypeNames } from './type-names.ts';

/** A database of a server that speaks PostgreSQL's protocol, and how it is worked with. */
interface ServerDatabase extends Omit<SessionOptions, 'typeNames' | 'onClose'> {
  readonly dialect: Dialect;
  readonly engineVersion: string;
}

/** A warehouse over a pool of connections. */
export class ServerWarehouse implements Warehouse {
  readonly dialect: Dialect;
  readonly engineVersion: string;
  readonly #database: ServerDatabase;
  readonly #pool: ConnectionPool;
  readonly #typeNames = new TypeNames();
  readonly #sessions = new Set<Session>();

  constructor(database: ServerDatabase) {
    this.#database = database;
    this.#pool = database.pool;
    this.dialect = database.dialect;
    this.engineVersion = database.engineVersion;
  }

  /** It takes a connection when it runs its first statement. */
  async open(): Promise<Session> {
    const session = new PostgresSession({
      ...this.#database,
      typeNames: this.#typeNames,
      onClose: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await this.#pool.close();
  }
}
