import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallest } from '../../../src/unit-test/create/smallest.ts';

test('Only items are left that are needed, in their order', async () => {
  const needed = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(needed, async (wanted) => {
      const items = Array.from({ length: 200 }, (_, index) => index);
      const holds = async (kept: readonly number[]) => wanted.every((item) => kept.includes(item));
      expect(await smallest(items, holds)).toEqual([...wanted].sort((one, other) => one - other));
    }),
  );
});

test('Of items that stand in for each other one is left', async () => {
  const isEven = async (kept: readonly number[]) => kept.some((item) => item % 2 === 0);
  expect(await smallest([1, 2, 3, 4, 5, 6], isEven)).toHaveLength(1);
});
