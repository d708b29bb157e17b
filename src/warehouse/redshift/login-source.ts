/** What somebody logs in with, word for word. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Gives the login for a new connection. */
export interface LoginSource {
  /** Throws a `DiagnosticError` where there is none to be had. */
  login(): Promise<Login>;
  /** Told that the server refused what was given last; gives whether the next login is another one. */
  refused(): boolean;
}
