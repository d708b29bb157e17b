import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathMatcher, patternMatcher } from '../../src/manifest/pattern.ts';

describe('patterns', () => {
  test.each([
    ['stg_*', 'stg_events', true],
    ['stg_*', 'my_stg_events', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[!a]b', 'ab', false],
    ['[!a]b', 'cb', true],
    ['[a-c]x', 'bx', true],
    ['[]]x', ']x', true],
    ['a.b', 'axb', false],
    ['a.*', 'a.b.c', true],
    ['a[', 'a[', true],
    ['(x|*)', '(x|y)', true],
  ])('%s fits %s: %s', (pattern, name, fits) => {
    expect(patternMatcher(pattern)(name)).toBe(fits);
  });

  test.each([
    ['models/*.sql', 'models/a.sql', true],
    ['models/*.sql', 'models/marts/a.sql', false],
    ['models/**/a.sql', 'models/a.sql', true],
    ['models/**/a.sql', 'models/x/y/a.sql', true],
    ['models/**', 'models/x/y/a.sql', true],
    ['models/?.sql', 'models//.sql', false],
  ])('path %s fits %s: %s', (pattern, path, fits) => {
    expect(pathMatcher(pattern)(path)).toBe(fits);
  });

  test('every text is accepted as a pattern, and a text without wildcards fits itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (pattern, name) => {
        expect(typeof patternMatcher(`${pattern}*`)(name)).toBe('boolean');
        expect(patternMatcher(name.replace(/[*?[\]]/g, ''))(name.replace(/[*?[\]]/g, ''))).toBe(true);
        expect(patternMatcher(`*${name.replace(/[*?[\]]/g, '')}`)(`x${name.replace(/[*?[\]]/g, '')}`)).toBe(
          true,
        );
      }),
    );
  });
});
