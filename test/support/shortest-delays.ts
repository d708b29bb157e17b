import { afterEach, beforeEach, vi } from 'vitest';

/** In each test of a file, delays between attempts are as short as they can be drawn: the AWS SDK draws them from nothing upwards. */
export function useShortestDelays(): void {
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());
}
