import { createRequire, syncBuiltinESMExports } from 'node:module';
import { afterEach, beforeEach, vi } from 'vitest';

/** In each test of a file, delays between attempts are as short as they can be drawn: the AWS SDK draws them from nothing upwards. */
export function useShortestDelays(): void {
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());
}

/** In each test of a file, what pauses with `node:timers/promises` goes on after so long at most. */
export function usePausesUpTo(mostMs: number): void {
  const timers: { setTimeout: (ms: number, ...more: unknown[]) => Promise<unknown> } = createRequire(
    import.meta.url,
  )('node:timers/promises');
  const { setTimeout: pause } = timers;
  const replaceBy = (other: typeof pause) => {
    timers.setTimeout = other;
    syncBuiltinESMExports();
  };
  beforeEach(() => replaceBy((ms, ...more) => pause(Math.min(ms, mostMs), ...more)));
  afterEach(() => replaceBy(pause));
}
