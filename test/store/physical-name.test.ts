import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { physicalName, withSuffix } from '../../src/store/physical-name.ts';

describe('a physical name', () => {
  it('is the node’s name and twelve digits of its key and attempt', () => {
    expect(physicalName('daily', 'k', 1, 63)).toMatch(/^daily__[0-9a-f]{12}$/);
    expect(physicalName('daily', 'k', 1, 63)).not.toBe(physicalName('daily', 'k', 2, 63));
    expect(physicalName('daily', 'k', 1, 63)).not.toBe(physicalName('daily', 'l', 1, 63));
  });

  it('keeps its whole hash within the engine’s limit, whatever the name', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(names, fc.constantFrom(63, 127), (name, limit) => {
        const physical = physicalName(name, 'k', 1, limit);
        expect(Buffer.byteLength(physical)).toBeLessThanOrEqual(limit);
        expect(physical).toMatch(/__[0-9a-f]{12}$/);
        expect(name.startsWith(physical.slice(0, -14))).toBe(true);
      }),
    );
  });

  it('is cut between characters', () => {
    expect(physicalName('ééé', 'k', 1, 19)).toMatch(/^éé__[0-9a-f]{12}$/);
  });
});

describe('a name with a suffix', () => {
  it('is both, where the engine keeps it whole', () => {
    expect(withSuffix('ééé', '__old', 11)).toBe('ééé__old');
  });

  it('tells names apart that begin alike, where it must be cut', () => {
    const [a, b] = ['a', 'b'].map((end) => withSuffix(`${'x'.repeat(62)}${end}`, '__next', 63));
    expect(a).toMatch(/^x{48}_[0-9a-f]{8}__next$/);
    expect(a).toHaveLength(63);
    expect(b).not.toBe(a);
  });
});
