import type { Login, LoginSource } from './login-source.ts';

/** Credentials that AWS made for a while. */
export interface TemporaryCredentials extends Login {
  readonly expires: Date;
}

/** Credentials that have less left are not used for a new connection any more: logging in takes its time. */
const LEAST_LEFT_MS = 60_000;

/** A login that is asked for again before it expires; several connections at once ask once. */
export class TemporaryLogin implements LoginSource {
  readonly #request: () => Promise<TemporaryCredentials>;
  #known: Promise<TemporaryCredentials> | undefined;

  constructor(request: () => Promise<TemporaryCredentials>) {
    this.#request = request;
  }

  async login(): Promise<Login> {
    const known = this.#known;
    const credentials = await known;
    if (credentials !== undefined && credentials.expires.getTime() - Date.now() > LEAST_LEFT_MS)
      return credentials;
    if (this.#known === known) this.#known = this.#requested();
    return (await this.#known) ?? this.login();
  }

  refused(): boolean {
    this.#known = undefined;
    return true;
  }

  /** A request that failed is not kept. */
  #requested(): Promise<TemporaryCredentials> {
    const request = this.#request();
    request.catch(() => {
      if (this.#known === request) this.#known = undefined;
    });
    return request;
  }
}
