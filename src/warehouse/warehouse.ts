import type { Readable } from 'node:stream';
import type { Dialect, Scalar } from '../dialect/dialect.ts';

/** A row as engines give it; numerics are text (exact), bigints are bigint, dates and timestamps ISO text, NULL is null. */
export type Row = Readonly<Record<string, Scalar>>;

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
}

/** What `copyIn` sends, read no faster than the engine takes it. */
export type CopyContent = Readable | AsyncIterable<Uint8Array>;

/** Whose statements a session runs, as the engine's log of queries is to name them. */
export interface QueryLabel {
  /** The id of a run. */
  readonly run: string;
  /** Unique id of a node; of a landed table, its name. */
  readonly node?: string;
}

/** A session is one connection. It runs one statement at a time; callers that want two open two. */
export interface Session {
  /** Runs a statement and gives the number of rows that it changed (0 where the engine does not tell). */
  execute(sql: string, bindings?: readonly Scalar[]): Promise<number>;
  /** Runs statements without results in order, up to the first that fails; in one message, where the engine takes several. */
  executeAll(statements: readonly string[]): Promise<void>;
  /** Runs a statement that only reads, so that it may be sent again where the connection was lost. */
  query(sql: string, bindings?: readonly Scalar[]): Promise<QueryResult>;
  /**
   * Runs a statement that reads its data from this connection (`loadCsv` of a `stream`), and gives the number of rows. An
   * error of the content ends the statement and is thrown as it is. Only for engines whose dialect `supports.csv` is `stream`.
   */
  copyIn(sql: string, content: CopyContent): Promise<number>;
  /** Runs the work in a transaction: commit at the end, rollback on any error. Not to be nested. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Says whose the next statements are, up to the next label. Not inside a transaction. */
  label(label: QueryLabel): void;
  /** Stops the running statement, if there is one; it fails with kind `cancelled`. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** A warehouse opens sessions on one database; it is the only holder of the engine's resources. */
export interface Warehouse {
  readonly dialect: Dialect;
  /** Major version of the engine, part of version keys. */
  readonly engineVersion: string;
  /** A new session with the dialect's session settings applied. */
  open(): Promise<Session>;
  close(): Promise<void>;
}

/** What went wrong in the engine, as far as callers must tell it apart. */
export type WarehouseErrorKind =
  /** Worth trying again: lost connection, serialization, deadlock, write-write conflict. */
  | 'transient'
  | 'cancelled'
  /** The SQL is wrong or its data do not fit; `position` says where. */
  | 'statement'
  /** The database can no longer be worked with in this process. (That it cannot be opened is a `DiagnosticError`.) */
  | 'connection'
  | 'disk-full';

/** A time limit of the engine's: of the wait for a lock, or of a statement as a whole (or somebody on the server ended it). */
export type TimeLimit = 'lock' | 'statement';

/** An engine's error; `position` is an offset (UTF-16 units, from 0) in `sql`. */
export class WarehouseError extends Error {
  readonly kind: WarehouseErrorKind;
  readonly sql: string | undefined;
  readonly position: number | undefined;
  readonly hint: string | undefined;
  /** The limit that ended the statement; undefined: none did. */
  readonly limit: TimeLimit | undefined;

  constructor(
    kind: WarehouseErrorKind,
    message: string,
    details: { sql?: string; position?: number; hint?: string; limit?: TimeLimit; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'WarehouseError';
    this.kind = kind;
    this.sql = details.sql;
    this.position = details.position;
    this.hint = details.hint;
    this.limit = details.limit;
  }
}
