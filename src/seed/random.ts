/** A random stream (sfc32): 128 bits of state, named by a seed and any number of words. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, ...names: readonly (string | number)[]) {
    const text = [seed, ...names].join('\u0000');
    this.#a = hashText(text, 0x9e3779b9);
    this.#b = hashText(text, 0x243f6a88);
    this.#c = hashText(text, 0xb7e15162);
    for (let warmUp = 0; warmUp < 12; warmUp++) this.#draw();
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    return this.#draw() >>> 0;
  }

  /** A number at or above 0 and below 1. */
  next(): number {
    return (this.#draw() >>> 0) * 2 ** -32;
  }

  /** A whole number at or above 0 and below `limit` (at most 2^32). */
  below(limit: number): number {
    return Math.floor((this.#draw() >>> 0) * 2 ** -32 * limit);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return (this.#draw() >>> 0) * 2 ** -32 < probability;
  }

  /** One of the values. */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** The waiting time until the next of events that come once in a unit of time on average. */
  exponential(): number {
    return -Math.log(1 - this.next());
  }

  /** A Poisson count; for small means. */
  poisson(mean: number): number {
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > floor; product *= this.next()) count++;
    return count;
  }

  /** All numbers here stay within 32 bits with a sign: the engine keeps others in objects of their own. */
  #draw(): number {
    const b = this.#b;
    const c = this.#c;
    const sum = (((this.#a + b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = b ^ (b >>> 9);
    this.#b = (c + (c << 3)) | 0;
    this.#c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  }
}

/** A number at or above 0 and below 1 that depends on nothing but three integers: the same wherever it is asked for. */
export function hashUnit(a: number, b: number, c: number): number {
  return hashBits(a, b, c) * 2 ** -32;
}

/** 32 bits that depend on nothing but three integers. */
export function hashBits(a: number, b: number, c: number): number {
  return scramble(scramble(scramble(a) ^ b) ^ c) >>> 0;
}

/** A bijection of 32-bit integers that leaves no pattern. */
export function scramble(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

function hashText(text: string, salt: number): number {
  let hash = salt;
  for (let i = 0; i < text.length; i++) hash = scramble(hash ^ text.charCodeAt(i));
  return hash;
}
