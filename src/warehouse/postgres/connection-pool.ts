import type { Client, ClientConfig } from 'pg';
import { knexPool, type Pool } from './knex-pool.ts';

/** How connections are made, and what each begins with. */
interface PoolOptions {
  /** Asked for every new connection, so that what expires can be renewed. */
  readonly config: () => Promise<ClientConfig>;
  /** Statements that a session begins with. */
  readonly startup: readonly string[];
  /** Statements that take from a used connection what its last session left on it. */
  readonly cleaning: readonly string[];
  /** Most connections at once; who wants a further one waits. */
  readonly max: number;
  readonly cancelling?: Cancelling;
}

/** How a statement is stopped from another connection: asked again and again, until it is over. */
export interface Cancelling {
  /** The statement that asks for the n-th time; `process` is the server's process of the connection. */
  readonly statement: (process: number, attempt: number) => string;
  readonly intervalMs: number;
}

/** A role that an idle connection has on need not be allowed to cancel what the user runs. */
const CANCELLING: Cancelling = {
  statement: (process) => `reset role;\nselect pg_cancel_backend(${process})`,
  intervalMs: 20,
};

/** A pool of connections to one server. A connection that broke is not handed out again. */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #pool: Pool;
  readonly #used = new WeakSet<Client>();
  readonly #lost = new WeakSet<Client>();

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#pool = knexPool({
      max: options.max,
      create: () => this.#connect(),
      isUsable: (client) => !this.isLost(client),
    });
  }

  /** A connection with nothing on it but what `startup` set; rejects as `pg` does when there is none to be had. */
  async acquire(): Promise<Client> {
    const client = await this.#pool.acquire();
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

  /** Does work on a connection of its own, which is given back however the work ends. */
  async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.acquire();
    try {
      return await work(client);
    } finally {
      await this.release(client);
    }
  }

  /** Gives a connection back, in no transaction. */
  async release(client: Client): Promise<void> {
    await this.#pool.release(client);
  }

  /** Gives a connection back that nobody is to use again. */
  async discard(client: Client): Promise<void> {
    this.markLost(client);
    hangUp(client);
    await this.#pool.release(client);
  }

  markLost(client: Client): void {
    this.#lost.add(client);
  }

  isLost(client: Client): boolean {
    return this.#lost.has(client);
  }

  get cancelIntervalMs(): number {
    return (this.#options.cancelling ?? CANCELLING).intervalMs;
  }

  /** Asks the server, on another connection and for the n-th time, to stop what a connection runs. */
  async cancel(client: Client, attempt: number): Promise<void> {
    const { statement } = this.#options.cancelling ?? CANCELLING;
    const messenger = await this.#pool.acquire();
    try {
      await messenger.query(statement((client as IdentifiedClient).processID, attempt));
    } finally {
      await this.#pool.release(messenger);
    }
  }

  /** Ends all connections, once they have been given back. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** A login that fails on our side leaves the server waiting for its next word, unless we hang up. */
  async #connect(): Promise<Client> {
    const { Client } = await import('pg');
    const client = new Client(await this.#options.config());
    client.on('error', () => this.markLost(client));
    client.on('end', () => this.markLost(client));
    return client.connect().catch((error) => {
      hangUp(client);
      throw error;
    });
  }
}

/** Nobody waits for the goodbye of a connection that may be dead. */
function hangUp(client: Client): void {
  client.end().catch(() => undefined);
}

/** `processID` is the server's process of the connection; the types of `pg` do not know it. */
type IdentifiedClient = Client & { readonly processID: number };
