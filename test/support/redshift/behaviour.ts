import type { Backend } from './backend.ts';
import type { LongNames } from './long-names.ts';
import type { ServerError } from './message.ts';
import type { S3Reach } from './s3-reach.ts';
import type { Statement } from './statement.ts';

export type { Statement } from './statement.ts';

/** Where we know from that Redshift does so: AWS's documentation, an issue that somebody filed, or memory alone. */
export interface Source {
  readonly kind: 'doc' | 'issue' | 'memory';
  /** The page or the thread; of a memory, what was remembered. */
  readonly where: string;
}

/** What a behaviour does with a statement. */
export type Action =
  | { readonly kind: 'refuse'; readonly error: ServerError }
  /** PostgreSQL gets another text; those behaviours that come later see that one. */
  | { readonly kind: 'rewrite'; readonly sql: string }
  /** The stand-in does it with statements of its own, and says how it is called; throws BackendError or Refusal. */
  | { readonly kind: 'emulate'; readonly run: (session: Surroundings) => Promise<string> };

/** What an emulation works with. */
export interface Surroundings {
  readonly backend: Backend;
  /** Runs statements outside the client's transaction, so that they outlast its rollback. */
  readonly aside: (...statements: readonly string[]) => Promise<void>;
  /** What all sessions of the server know. */
  readonly server: ServerState;
  /** Where COPY fetches from; undefined: nowhere. */
  readonly s3: S3Reach | undefined;
}

/** What is known of a server's database without asking it. */
export interface ServerState {
  /** A view that binds late has been made, so that statements may name one. */
  hasLateViews: boolean;
  /** Of users that were made by a statement, by name. */
  readonly passwords: Map<string, string>;
  /** Those that PostgreSQL would cut. */
  readonly names: LongNames;
}

/** Something that Redshift does otherwise than PostgreSQL. */
export interface Behaviour {
  readonly name: string;
  readonly source: Source;
  /** What of it nobody has written down, fact by fact: it is remembered only. */
  readonly remembered?: readonly string[];
  apply(statement: Statement): Action | undefined;
}

/** Thrown by an emulation: what Redshift answers. */
export class Refusal extends Error {
  readonly error: ServerError;

  constructor(error: ServerError) {
    super(error.message);
    this.error = error;
  }
}

export function doc(page: string): Source {
  return { kind: 'doc', where: page };
}

export function issue(thread: string): Source {
  return { kind: 'issue', where: thread };
}

export function memory(what: string): Source {
  return { kind: 'memory', where: what };
}

export function refuse(message: string, code = '0A000'): Action {
  return { kind: 'refuse', error: { code, message } };
}

export function syntaxError(near: string): ServerError {
  return { code: '42601', message: `syntax error at or near "${near}"` };
}

export function rewrite(sql: string | undefined): Action | undefined {
  return sql === undefined ? undefined : { kind: 'rewrite', sql };
}

export function emulate(run: (session: Surroundings) => Promise<string>): Action {
  return { kind: 'emulate', run };
}
