/** Chance that repeats itself: the same seed, the same throws. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to one below the limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** One of some values; one that is given twice comes twice as often. */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] as T;
  }

  shuffled<T>(values: readonly T[]): readonly T[] {
    const shuffled = [...values];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      const [a, b] = [shuffled[at] as T, shuffled[other] as T];
      shuffled[at] = b;
      shuffled[other] = a;
    }
    return shuffled;
  }
}
