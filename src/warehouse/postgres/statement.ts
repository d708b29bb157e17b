import type { Client } from 'pg';

/** A statement from the moment it was asked for; it has a client once it can be on its way to the server. */
export interface Statement {
  readonly stop: AbortController;
  readonly over: Promise<void>;
  isOver: boolean;
  client: Client | undefined;
  /** Settled when the statement that was to be stopped has stopped, and no cancel for it is on its way any more. */
  stopped: Promise<void> | undefined;
}

/** A statement that is on its way to the server. */
export interface SentStatement {
  readonly client: Client;
  /** What is sent: the statement behind its head. */
  readonly text: string;
  /** Aborted when the statement is to be stopped. */
  readonly stopping: AbortSignal;
}

/** A transaction that is open on a session. */
export interface Transaction {
  /** The first error in it, also if the work hid it. */
  failure: { readonly error: unknown } | undefined;
}
