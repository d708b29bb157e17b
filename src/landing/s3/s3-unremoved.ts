import type { UnremovedParts } from '../landing.ts';

/** An object that S3 did not remove, and why. */
export interface KeptObject {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** Counts what was to be removed and is kept. */
export class UnremovedTally {
  #total: UnremovedParts | undefined;

  get total(): UnremovedParts | undefined {
    return this.#total;
  }

  add(kept: readonly KeptObject[]): void {
    const [first] = kept;
    if (first === undefined) return;
    const { key, code, message } = first;
    const before = this.#total ?? { count: 0, first: key, code, message };
    this.#total = { ...before, count: before.count + kept.length };
  }
}
