import type { Session } from './warehouse.ts';

/** Tries work out: runs it in a transaction that is rolled back whatever comes of it, and gives its result. */
export async function rolledBack<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await session.transaction(async () => {
      throw new Done(await work());
    });
  } catch (error) {
    if (error instanceof Done) return error.result as T;
    throw error;
  }
}

/** Thrown in place of a commit. */
class Done extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('This transaction is not to be committed.');
    this.result = result;
  }
}
