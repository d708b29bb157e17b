import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PriorityQueue } from '../../src/run/priority-queue.ts';

interface Item {
  readonly name: number;
  readonly priority: number;
}

/** The plain definition: a list, of which the first of the highest priority is taken. */
function takeFrom(list: Item[]): Item | undefined {
  const highest = Math.max(...list.map(({ priority }) => priority));
  const place = list.findIndex(({ priority }) => priority === highest);
  return place < 0 ? undefined : list.splice(place, 1)[0];
}

describe('a priority queue', () => {
  it('gives the first of the highest priority, however adding and taking take turns', () => {
    const turns = fc.array(fc.option(fc.nat(6), { freq: 3 }), { maxLength: 200 });
    fc.assert(
      fc.property(turns, (priorities) => {
        const queue = new PriorityQueue<Item>(({ priority }) => priority);
        const list: Item[] = [];
        for (const [name, priority] of priorities.entries()) {
          if (priority === null) expect(queue.take()).toEqual(takeFrom(list));
          else {
            queue.add({ name, priority });
            list.push({ name, priority });
          }
          expect(queue.size).toBe(list.length);
        }
        while (list.length > 0) expect(queue.take()).toEqual(takeFrom(list));
        expect(queue.take()).toBeUndefined();
      }),
    );
  });

  it('looks at as many priorities as the logarithm of what waits, not at all of them', () => {
    for (const priorityOf of [
      (n: number) => n,
      (n: number) => -n,
      () => 1,
      (n: number) => (n * 7919) % 101,
    ]) {
      const size = 20_000;
      let looks = 0;
      const queue = new PriorityQueue<number>((n) => {
        looks += 1;
        return priorityOf(n);
      });
      for (let n = 0; n < size; n++) queue.add(n);
      for (let n = 0; n < size; n++) queue.take();
      expect(looks).toBeLessThan(6 * size * Math.log2(size));
    }
  });
});
