import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import type { Client, ClientConfig } from 'pg';

/** How connections are made, and what each begins with. */
export interface PoolOptions {
  /** Asked for every new connection, so that what expires can be renewed. */
  readonly config: () => Promise<ClientConfig>;
  /** Statements that a session begins with. */
  readonly startup: readonly string[];
  /** Statements that take from a used connection what its last session left on it. */
  readonly cleaning: readonly string[];
  /** Most connections at once; who wants a further one waits. */
  readonly max: number;
}

/** What we use of knex's client: its pool, which makes, keeps, checks and ends connections of `pg`. */
interface KnexPool {
  acquireConnection(): Promise<Client>;
  releaseConnection(client: Client): Promise<void>;
}

const NO_LOG = { warn() {}, error() {}, debug() {}, deprecate() {} };

/** More than any `connect_timeout`, which says it better; and long enough for a run that waits for its own threads. */
const PATIENCE_MS = 24 * 3600 * 1000;

/** A pool of connections to one server. A connection that broke is not handed out again. */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #pool: KnexPool;
  readonly #destroy: () => Promise<void>;
  readonly #used = new WeakSet<Client>();
  readonly #lost = new WeakSet<Client>();

  constructor(options: PoolOptions) {
    const { knex }: typeof import('knex') = createRequire(import.meta.url)('knex');
    const instance = knex({
      client: 'pg',
      version: 'unknown',
      connection: options.config as Knex.ConnectionConfigProvider,
      pool: {
        ...{ min: 0, max: options.max, propagateCreateError: true },
        ...{ acquireTimeoutMillis: PATIENCE_MS, createTimeoutMillis: PATIENCE_MS },
        afterCreate: (client: Client, done: (error: null, client: Client) => void) => {
          client.on('error', () => this.#lost.add(client));
          client.on('end', () => this.#lost.add(client));
          done(null, client);
        },
      },
      log: NO_LOG,
    });
    this.#options = options;
    this.#pool = instance.client;
    this.#destroy = () => instance.destroy();
  }

  /** A connection with nothing on it but what `startup` set; rejects as `pg` does when there is none to be had. */
  async acquire(): Promise<Client> {
    const client = await this.#pool.acquireConnection();
    const { startup, cleaning } = this.#options;
    const statements = this.#used.has(client) ? [...cleaning, ...startup] : startup;
    this.#used.add(client);
    try {
      for (const statement of statements) await client.query(statement);
      return client;
    } catch (error) {
      await this.discard(client);
      throw error;
    }
  }

  /** Gives a connection back, in no transaction. */
  async release(client: Client): Promise<void> {
    await this.#pool.releaseConnection(client);
  }

  /** Gives a connection back that nobody is to use again. */
  async discard(client: Client): Promise<void> {
    this.markLost(client);
    await client.end().catch(() => undefined);
    await this.#pool.releaseConnection(client);
  }

  markLost(client: Client): void {
    this.#lost.add(client);
  }

  isLost(client: Client): boolean {
    return this.#lost.has(client);
  }

  /** Asks the server, on another connection, to stop what a connection runs. */
  async cancel(client: Client): Promise<void> {
    const messenger = await this.#pool.acquireConnection();
    try {
      await messenger.query('select pg_cancel_backend($1)', [(client as IdentifiedClient).processID]);
    } finally {
      await this.#pool.releaseConnection(messenger);
    }
  }

  /** Ends all connections, once they have been given back. */
  async close(): Promise<void> {
    await this.#destroy();
  }
}

/** `processID` is the server's process of the connection; the types of `pg` do not know it. */
type IdentifiedClient = Client & { readonly processID: number };
