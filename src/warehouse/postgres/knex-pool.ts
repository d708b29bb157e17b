import { createRequire } from 'node:module';
import type { Client } from 'pg';

/** A pool makes connections when they are wanted, keeps them a while, and checks each before it is handed out again. */
export interface Pool {
  acquire(): Promise<Client>;
  release(client: Client): Promise<void>;
  /** Ends all connections, once they have been given back. */
  destroy(): Promise<void>;
}

export interface PoolMembers {
  readonly max: number;
  readonly create: () => Promise<Client>;
  readonly isUsable: (client: Client) => boolean;
}

/** How long anybody waits for the pool: the server's own time limits come first, and a thread's turn takes what it takes. */
const PATIENCE_MS = 24 * 3600 * 1000;

const NO_LOG = { warn() {}, error() {}, debug() {}, deprecate() {} };

/** knex's pool of `pg` connections, with nothing of what knex's own client for PostgreSQL says to the server and to the log. */
export function knexPool({ max, create, isUsable }: PoolMembers): Pool {
  const { knex }: typeof import('knex') = createRequire(import.meta.url)('knex');
  class PooledClient extends knex.Client {
    override acquireRawConnection = create;
    override destroyRawConnection = (client: Client) => client.end();
    override validateConnection = async (client: Client) => isUsable(client);
  }
  const client = new PooledClient({ client: 'pg', log: NO_LOG });
  client.initializePool({
    pool: { min: 0, max, acquireTimeoutMillis: PATIENCE_MS, createTimeoutMillis: PATIENCE_MS },
  });
  return {
    acquire: () => client.acquireConnection(),
    release: (connection) => client.releaseConnection(connection),
    destroy: () => client.destroy(undefined),
  };
}
