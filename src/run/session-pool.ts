import type { Session, Warehouse } from '../warehouse/warehouse.ts';

/** Works with a pool of sessions: all are cancelled once the signal is aborted, and closed behind the work. */
export async function withSessionPool<T>(
  { warehouse, signal }: { readonly warehouse: Warehouse; readonly signal: AbortSignal },
  work: (pool: SessionPool) => Promise<T>,
): Promise<T> {
  const pool = new SessionPool(warehouse);
  const cancel = () => void pool.cancelAll();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work(pool);
  } finally {
    signal.removeEventListener('abort', cancel);
    await pool.close();
  }
}

/** A session pool holds the sessions of a run: one a thread, opened when it is first needed. */
export class SessionPool {
  readonly #warehouse: Warehouse;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** The session of a thread, or of a part of the run such as `main`. */
  of(owner: number | string): Promise<Session> {
    const known = this.#sessions.get(String(owner));
    if (known !== undefined) return known;
    const opening = this.#warehouse.open();
    this.#sessions.set(String(owner), opening);
    return opening;
  }

  /** Stops whatever runs on any session. */
  async cancelAll(): Promise<void> {
    await this.#each((session) => session.cancel());
  }

  async close(): Promise<void> {
    await this.#each((session) => session.close());
    this.#sessions.clear();
  }

  async #each(act: (session: Session) => Promise<void>): Promise<void> {
    const acts = [...this.#sessions.values()].map(async (session) => act(await session));
    await Promise.allSettled(acts);
  }
}
