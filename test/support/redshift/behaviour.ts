import type { Token } from '../../../src/dialect/token.ts';
import type { Backend } from './backend.ts';
import type { ServerError } from './message.ts';

/** Where we know from that Redshift does so: AWS's documentation, an issue that somebody filed, or memory alone. */
export interface Source {
  readonly kind: 'doc' | 'issue' | 'memory';
  /** The page or the thread; of a memory, what was remembered. */
  readonly where: string;
}

/** A statement as a client sent it. */
export interface Statement {
  readonly sql: string;
  /** Without blanks and comments. */
  readonly tokens: readonly Token[];
  /** The text of each token, in lower case outside quotes. */
  readonly words: readonly string[];
  /** It came with the extended protocol and has parameters. */
  readonly hasParameters: boolean;
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
}

/** Something that Redshift does otherwise than PostgreSQL. */
export interface Behaviour {
  readonly name: string;
  readonly source: Source;
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
