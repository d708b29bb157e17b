import type { DuckDBConnection, DuckDBResultReader, DuckDBValue } from '@duckdb/node-api';
import type { Scalar } from '../../dialect/dialect.ts';
import type { QueryResult, Row, Session, WarehouseError } from '../warehouse.ts';
import { warehouseError } from './duckdb-error.ts';

const INTERRUPT_INTERVAL_MS = 5;

/** A session on DuckDB: one connection of the process's instance. */
export class DuckdbSession implements Session {
  readonly #connection: DuckDBConnection;
  readonly #onClose: () => void;
  #running: Promise<unknown> | undefined;
  #failedInTransaction: WarehouseError | undefined;
  #closed = false;

  constructor(connection: DuckDBConnection, onClose: () => void) {
    this.#connection = connection;
    this.#onClose = onClose;
  }

  async execute(sql: string, bindings: readonly Scalar[] = []): Promise<number> {
    const reader = await this.#run(sql, bindings);
    return changedRows(reader);
  }

  async query(sql: string, bindings: readonly Scalar[] = []): Promise<QueryResult> {
    const reader = await this.#run(sql, bindings);
    const names = reader.deduplicatedColumnNames();
    return {
      columns: reader.columnTypes().map((type, index) => ({ name: names[index] ?? '', type: String(type) })),
      rows: reader.getRows().map((values) => rowOf(names, values)),
    };
  }

  copyIn(): Promise<number> {
    throw new Error('DuckDB reads CSV from files; callers ask `supports.csv` first.');
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.execute('begin transaction');
    this.#failedInTransaction = undefined;
    try {
      const result = await work();
      this.#refuseToCommitFailure();
      await this.execute('commit');
      return result;
    } catch (error) {
      await this.#rollback();
      throw error;
    }
  }

  async executeAll(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.execute(statement);
  }

  /** DuckDB keeps no log of queries. */
  label(): void {}

  /** An interrupt that comes before the engine has begun is lost, so it is repeated until the statement is over. */
  async cancel(): Promise<void> {
    const statement = this.#running;
    if (statement === undefined) return;
    const repeat = setInterval(() => this.#connection.interrupt(), INTERRUPT_INTERVAL_MS);
    this.#connection.interrupt();
    await statement.catch(() => undefined);
    clearInterval(repeat);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.cancel();
    this.#connection.closeSync();
    this.#onClose();
  }

  async #run(sql: string, bindings: readonly Scalar[]): Promise<DuckDBResultReader> {
    const statement = this.#connection.runAndReadAll(sql, bindings.length === 0 ? undefined : [...bindings]);
    this.#running = statement;
    try {
      return await statement;
    } catch (error) {
      this.#failedInTransaction = warehouseError(error, sql);
      throw this.#failedInTransaction;
    } finally {
      if (this.#running === statement) this.#running = undefined;
    }
  }

  /** DuckDB may answer a commit after a conflict with success and have rolled back, so a failure that `work` hid counts. */
  #refuseToCommitFailure(): void {
    if (this.#failedInTransaction !== undefined) throw this.#failedInTransaction;
  }

  /** A failed commit has ended the transaction, and then there is none to roll back. */
  async #rollback(): Promise<void> {
    await this.#connection.run('rollback').catch(() => undefined);
  }
}

/** A table that is created from a query tells its rows as a result, not as a change. */
function changedRows(reader: DuckDBResultReader): number {
  const [count] = reader.columnNames()[0] === 'Count' ? (reader.getRows()[0] ?? []) : [];
  return reader.rowsChanged > 0 ? reader.rowsChanged : Number(count ?? 0);
}

function rowOf(names: readonly string[], values: readonly DuckDBValue[]): Row {
  return Object.fromEntries(names.map((name, index) => [name, scalarOf(values[index] ?? null)]));
}

/** Decimals, dates, timestamps, lists and the like print themselves exactly. */
function scalarOf(value: DuckDBValue): Scalar {
  return typeof value === 'object' && value !== null ? value.toString() : value;
}
