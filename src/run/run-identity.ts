import { randomBytes } from 'node:crypto';
import type { RunIdentity } from '../store/run-record.ts';

const PROCESS = randomBytes(8).toString('hex');

/** A new run's identity; ids sort by the time they were made: `20251231T235959Z-1f2e3d4c`. */
export function newRunIdentity(now: Date): RunIdentity {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return { runId: `${stamp}-${randomBytes(4).toString('hex')}`, process: PROCESS };
}
