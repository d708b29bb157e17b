interface Entry<T> {
  readonly item: T;
  readonly arrival: number;
}

/**
 * What waits for its turn: the highest priority goes first, and of equal ones the one that came first. A priority may not change
 * while its item waits. Adding and taking cost as much as the logarithm of what waits.
 */
export class PriorityQueue<T> {
  readonly #priorityOf: (item: T) => number;
  /** A binary heap: the entry at `n` goes before those at `2n + 1` and `2n + 2`. */
  readonly #heap: Entry<T>[] = [];
  #arrivals = 0;

  constructor(priorityOf: (item: T) => number) {
    this.#priorityOf = priorityOf;
  }

  get size(): number {
    return this.#heap.length;
  }

  add(item: T): void {
    this.#rise({ item, arrival: this.#arrivals });
    this.#arrivals += 1;
  }

  take(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first?.item;
  }

  /** Puts a new entry at the end, and moves it up past all that it goes before. */
  #rise(entry: Entry<T>): void {
    let place = this.#heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || !this.#goesBefore(entry, other)) break;
      this.#heap[place] = other;
      place = above;
    }
    this.#heap[place] = entry;
  }

  /** Puts an entry at the top, which is free, and moves it down past all that go before it. */
  #sink(entry: Entry<T>): void {
    let place = 0;
    for (;;) {
      const below = this.#firstBelow(place);
      const other = this.#heap[below];
      if (other === undefined || this.#goesBefore(entry, other)) break;
      this.#heap[place] = other;
      place = below;
    }
    this.#heap[place] = entry;
  }

  #firstBelow(place: number): number {
    const left = this.#heap[2 * place + 1];
    const right = this.#heap[2 * place + 2];
    const isRight = left !== undefined && right !== undefined && this.#goesBefore(right, left);
    return 2 * place + (isRight ? 2 : 1);
  }

  #goesBefore(one: Entry<T>, other: Entry<T>): boolean {
    const ahead = this.#priorityOf(one.item) - this.#priorityOf(other.item);
    return ahead === 0 ? one.arrival < other.arrival : ahead > 0;
  }
}
