import { setTimeout as sleep } from 'node:timers/promises';
import { brokeOff } from './postgres-error.ts';

const SECOND_CHANCE_MS = 100;

/** A server that took a connection and dropped it at once, as one that is restarted does, gets a second chance. */
export async function withSecondChance<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!brokeOff(error)) throw error;
    await sleep(SECOND_CHANCE_MS);
    return work();
  }
}
