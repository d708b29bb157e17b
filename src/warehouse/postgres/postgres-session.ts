import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Scalar } from '../../dialect/dialect.ts';
import { withRetries } from '../retry.ts';
import {
  type CopyContent,
  type QueryLabel,
  type QueryResult,
  type Session,
  WarehouseError,
} from '../warehouse.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { copyIn } from './copy-in.ts';
import {
  type ErrorReading,
  endsConnection,
  type FailedStatement,
  lostConnection,
  warehouseError,
} from './postgres-error.ts';
import { distinctNames, rowOf, send } from './sent-query.ts';
import type { SentStatement, Statement, Transaction } from './statement.ts';
import type { TypeNames } from './type-names.ts';

/** What sessions of one warehouse share. */
export interface SessionOptions {
  readonly pool: ConnectionPool;
  readonly typeNames: TypeNames;
  /** Why a connection that is opened in the middle of the work could not be had. */
  readonly connectionError: (error: unknown) => unknown;
  readonly onClose: () => void;
  /** How labels are written, where the engine logs them. */
  readonly labelling?: Labelling;
  readonly errorReading?: ErrorReading;
  /** A message to the server may hold several statements. */
  readonly takesSeveral?: true;
}

/** A label, as text for the server. */
export interface Labelling {
  /** A comment that each statement begins with, where the log shows no other. */
  readonly comment?: (label: QueryLabel) => string;
  /** The statement that labels a connection's next ones, where there is one. */
  readonly setting: (label: QueryLabel) => string | undefined;
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
  /** Aborted when what failed is not to be sent again. */
  #giveUp = new AbortController();
  #label: QueryLabel | undefined;
  /** The statement that labelled the connection last. */
  #labelled: string | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async execute(sql: string, bindings: readonly Scalar[] = []): Promise<number> {
    const result = await this.#run(sql, ({ client, text }) => send(client, text, bindings));
    return result.rowCount ?? 0;
  }

  async executeAll(statements: readonly string[]): Promise<void> {
    const messages = this.#options.takesSeveral === true ? [statements.join(';\n')] : statements;
    for (const message of messages) if (message !== '') await this.execute(message);
  }

  /** Outside a transaction a query is sent again when it failed for a reason that passes, as a lost connection. */
  async query(sql: string, bindings: readonly Scalar[] = []): Promise<QueryResult> {
    if (this.#transaction !== undefined) return this.#query(sql, bindings);
    this.#giveUp = new AbortController();
    return withRetries(this.#giveUp.signal, () => this.#query(sql, bindings));
  }

  #query(sql: string, bindings: readonly Scalar[]): Promise<QueryResult> {
    return this.#run(sql, async ({ client, text }) => {
      const { fields, rows } = await send(client, text, bindings);
      const types = await this.#options.typeNames.of(client, fields);
      const names = distinctNames(fields.map((field) => field.name));
      return {
        columns: names.map((name, index) => ({ name, type: types[index] ?? '' })),
        rows: rows.map((values) => rowOf(names, values)),
      };
    });
  }

  copyIn(sql: string, content: CopyContent): Promise<number> {
    return this.#run(sql, ({ client, text, stopping }) => copyIn(client, text, content, stopping));
  }

  label(label: QueryLabel): void {
    this.#label = label;
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
    this.#giveUp.abort();
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
    const head = this.#head();
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
      await this.#labelConnection(client);
      return await work({ client, text: `${head}${sql}`, stopping: stop.signal });
    } catch (error) {
      throw this.#failed(error, { sql, head, isCancelled: stop.signal.aborted }, statement);
    } finally {
      if (this.#running === statement) this.#running = undefined;
      statement.isOver = true;
      end();
    }
  }

  /** The comment of the label, on a line of its own. */
  #head(): string {
    const { labelling } = this.#options;
    if (labelling?.comment === undefined || this.#label === undefined) return '';
    return `${labelling.comment(this.#label)}\n`;
  }

  async #labelConnection(client: Client): Promise<void> {
    if (this.#label === undefined || this.#transaction !== undefined) return;
    const setting = this.#options.labelling?.setting(this.#label);
    if (setting === undefined || setting === this.#labelled) return;
    await client.query(setting);
    this.#labelled = setting;
  }

  #failed(error: unknown, failed: FailedStatement, { client }: Statement): unknown {
    const { pool, errorReading } = this.#options;
    if (client !== undefined && endsConnection(error)) pool.markLost(client);
    const failure = warehouseError(error, failed, errorReading);
    if (this.#transaction !== undefined) this.#transaction.failure ??= { error: failure };
    return failure;
  }

  async #connection(): Promise<Client> {
    const { pool, connectionError } = this.#options;
    if (this.#client !== undefined && !pool.isLost(this.#client)) return this.#client;
    if (this.#transaction !== undefined) throw lostConnection(new Error('Connection terminated'));
    await this.#giveBack();
    this.#labelled = undefined;
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
    const { command } = await this.#run('commit', ({ client, text }) => send(client, text, []));
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
      const told = client === undefined || (await pool.cancel(client, attempt).then(...TOLD));
      if (!told && attempt >= MOST_ATTEMPTS) client?.end().catch(() => undefined);
      await Promise.race([statement.over, sleep(pool.cancelIntervalMs)]);
    }
  }
}

/** After so many cancels that did not get through, the connection is cut. */
const MOST_ATTEMPTS = 50;

const TOLD = [() => true, () => false] as const;
