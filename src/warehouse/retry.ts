import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from './warehouse.ts';

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 50;

/** Does a piece of work again when it failed for a reason that passes: at most three times more, with growing pauses and jitter. */
export async function withRetries<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const transient = error instanceof WarehouseError && error.kind === 'transient';
      if (!transient || attempt === ATTEMPTS || signal.aborted) throw error;
      const pause = FIRST_PAUSE_MS * 4 ** (attempt - 1) * (0.5 + Math.random());
      await sleep(pause, undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
