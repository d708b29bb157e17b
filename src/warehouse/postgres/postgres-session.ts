import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, QueryArrayResult } from 'pg';
import type { Scalar } from '../../dialect/dialect.ts';
import { type CopyContent, type QueryResult, type Row, type Session, WarehouseError } from '../warehouse.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { copyIn } from './copy-in.ts';
import { endsConnection, lostConnection, warehouseError } from './postgres-error.ts';
import type { TypeNames } from './type-names.ts';

/** What sessions of one warehouse share. */
interface SessionOptions {
  readonly pool: ConnectionPool;
  readonly typeNames: TypeNames;
  /** Why a connection that is opened in the middle of the work could not be had. */
  readonly connectionError: (error: unknown) => unknown;
  readonly onClose: () => void;
}

/**
 * A session on PostgreSQL: one connection of the pool from the first statement on. When that breaks, the statement or the
 * transaction fails as `transient`, and the next one outside a transaction begins on another connection.
 */
export class PostgresSession implements Session {
  readonly #options: SessionOptions;
  #client: Client | undefined;
  #running: Statement | undefined;
  #transaction: Transaction | undefined;
  #cancelling: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async execute(sql: string, bindings: readonly Scalar[] = []): Promise<number> {
    const result = await this.#run(sql, ({ client }) => send(client, sql, bindings));
    return result.rowCount ?? 0;
  }

  query(sql: string, bindings: readonly Scalar[] = []): Promise<QueryResult> {
    return this.#run(sql, async ({ client }) => {
      const { fields, rows } = await send(client, sql, bindings);
      const types = await this.#options.typeNames.of(client, fields);
      const names = distinctNames(fields.map((field) => field.name));
      return {
        columns: names.map((name, index) => ({ name, type: types[index] ?? '' })),
        rows: rows.map((values) => rowOf(names, values)),
      };
    });
  }

  copyIn(sql: string, content: CopyContent): Promise<number> {
    return this.#run(sql, ({ client, stopping }) => copyIn(client, sql, content, stopping));
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.execute('begin');
    const transaction: Transaction = { failure: undefined };
    this.#transaction = transaction;
    try {
      const result = await work();
      if (transaction.failure !== undefined) throw transaction.failure.error;
      await this.#commit();
      return result;
    } catch (error) {
      await this.#rollback();
      throw error;
    } finally {
      this.#transaction = undefined;
    }
  }

  /** A cancel that comes before the server has begun is lost on it, so it is repeated until the statement is over. */
  async cancel(): Promise<void> {
    const statement = this.#running;
    if (statement === undefined) return;
    statement.stopped ??= this.#stop(statement);
    this.#cancelling = Promise.all([this.#cancelling, statement.stopped]);
    await statement.stopped;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.cancel();
    await this.#giveBack();
    this.#options.onClose();
  }

  /** Runs one statement. While a cancel is on its way nothing is sent, lest it hit the wrong one. */
  async #run<T>(sql: string, work: (sent: SentStatement) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const statement: Statement = { stop, over, client: undefined, stopped: undefined, isOver: false };
    const cancelling = this.#cancelling;
    this.#running = statement;
    try {
      await cancelling;
      const client = await this.#connection();
      if (stop.signal.aborted) throw new WarehouseError('cancelled', 'The statement was cancelled.', { sql });
      statement.client = client;
      return await work({ client, stopping: stop.signal });
    } catch (error) {
      throw this.#failed(error, sql, statement);
    } finally {
      if (this.#running === statement) this.#running = undefined;
      statement.isOver = true;
      end();
    }
  }

  #failed(error: unknown, sql: string, { stop, client }: Statement): unknown {
    if (client !== undefined && endsConnection(error)) this.#options.pool.markLost(client);
    const failure = warehouseError(error, sql, stop.signal.aborted);
    if (this.#transaction !== undefined) this.#transaction.failure ??= { error: failure };
    return failure;
  }

  async #connection(): Promise<Client> {
    const { pool, connectionError } = this.#options;
    if (this.#client !== undefined && !pool.isLost(this.#client)) return this.#client;
    if (this.#transaction !== undefined) throw lostConnection(new Error('Connection terminated'));
    await this.#giveBack();
    this.#client = await pool.acquire().catch((error) => {
      throw connectionError(error);
    });
    return this.#client;
  }

  async #giveBack(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    const { pool } = this.#options;
    await (pool.isLost(client) ? pool.discard(client) : pool.release(client));
  }

  /** The server answers the commit of a failed transaction with a rollback, and calls that a success. */
  async #commit(): Promise<void> {
    const { command } = await this.#run('commit', ({ client }) => send(client, 'commit', []));
    if (command === 'COMMIT') return;
    throw new WarehouseError('statement', 'The transaction had failed, and was rolled back.', {
      sql: 'commit',
    });
  }

  /** A connection whose rollback fails is in an unknown state, and goes. */
  async #rollback(): Promise<void> {
    await this.#cancelling;
    const client = this.#client;
    if (client === undefined || this.#options.pool.isLost(client)) return;
    await client.query('rollback').catch(() => this.#options.pool.markLost(client));
  }

  async #stop(statement: Statement): Promise<void> {
    statement.stop.abort();
    const { pool } = this.#options;
    for (let attempt = 1; !statement.isOver; attempt++) {
      const { client } = statement;
      const told = client === undefined || (await pool.cancel(client).then(...TOLD));
      if (!told && attempt >= MOST_ATTEMPTS) client?.end().catch(() => undefined);
      await Promise.race([statement.over, sleep(CANCEL_INTERVAL_MS)]);
    }
  }
}

const CANCEL_INTERVAL_MS = 20;

/** After so many cancels that did not get through, the connection is cut. */
const MOST_ATTEMPTS = 50;

const TOLD = [() => true, () => false] as const;

/** A statement from the moment it was asked for; it has a client once it can be on its way to the server. */
interface Statement {
  readonly stop: AbortController;
  readonly over: Promise<void>;
  isOver: boolean;
  client: Client | undefined;
  /** Settled when the statement that was to be stopped has stopped, and no cancel for it is on its way any more. */
  stopped: Promise<void> | undefined;
}

interface SentStatement {
  readonly client: Client;
  /** Aborted when the statement is to be stopped. */
  readonly stopping: AbortSignal;
}

interface Transaction {
  /** The first error in it, also if the work hid it. */
  failure: { readonly error: unknown } | undefined;
}

type PostgresResult = QueryArrayResult<Scalar[]>;

/** Without bindings a text may hold several statements; the result is the last one's. */
async function send(client: Client, sql: string, bindings: readonly Scalar[]): Promise<PostgresResult> {
  const query = { text: sql, values: [...bindings], rowMode: 'array' as const };
  const result: PostgresResult | PostgresResult[] = await client.query<Scalar[]>(query);
  if (!Array.isArray(result)) return result;
  const last = result.at(-1);
  if (last === undefined) throw new Error('A query of several statements has several results.');
  return last;
}

/** Columns of one name are told apart as DuckDB does: `a`, `a:1`. */
function distinctNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before === 0 ? name : `${name}:${before}`;
  });
}

function rowOf(names: readonly string[], values: readonly Scalar[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}
