import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from './warehouse.ts';

const PAUSES_MS = [50, 200, 800];
const LONG_PAUSES_MS = [100, 200, 400, 800, 1600, 3200];

/**
 * Does a piece of work again when it failed for a reason that passes: once after each pause, which jitter stretches or
 * shortens, unless the signal has come.
 */
export async function withRetries<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  pausesMs: readonly number[] = PAUSES_MS,
  isPassing: (error: unknown) => boolean = isTransient,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pause = pausesMs[attempt];
      if (!isPassing(error) || pause === undefined || signal?.aborted) throw error;
      await sleep(pause * (0.5 + Math.random()), undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof WarehouseError && error.kind === 'transient';
}

/** Does work again for some seconds, also after Ctrl-C: what is left undone would hold up others. */
export function whilePassing<T>(work: () => Promise<T>, isPassing?: (error: unknown) => boolean): Promise<T> {
  return withRetries(undefined, work, LONG_PAUSES_MS, isPassing);
}
