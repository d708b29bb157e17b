/** What somebody logs in with, word for word. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Gives the login for a new connection. */
export interface LoginSource {
  /** Throws a `DiagnosticError` where there is none to be had. */
  login(): Promise<Login>;
  /** The server refused what was given last: the next login is another one, if there can be one. */
  refused(): void;
}
