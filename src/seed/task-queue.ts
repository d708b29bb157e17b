/** Tasks that threads share, by their places; all threads count in the same memory. */
export interface TaskQueue {
  readonly length: number;
  /** How many have been taken, and how many of these from the front. */
  readonly counts: Int32Array;
}

export function taskQueue(length: number): TaskQueue {
  return { length, counts: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) };
}

/**
 * The places of tasks until all are taken. One thread takes them from the back and all others from the front: what the
 * tasks of a table share is derived by few threads more than once.
 */
export function* takeTasks({ length, counts }: TaskQueue, end: 'front' | 'back'): Iterable<number> {
  for (let own = 1; Atomics.add(counts, TAKEN, 1) < length; own++) {
    yield end === 'front' ? Atomics.add(counts, FROM_FRONT, 1) : length - own;
  }
}

const TAKEN = 0;
const FROM_FRONT = 1;
