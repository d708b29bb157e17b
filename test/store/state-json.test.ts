import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStateJson, stateJson } from '../../src/store/state-json.ts';

describe('JSON in a state row', () => {
  it('is written as people can read it while it is short', () => {
    expect(stateJson({ pins: ['daily__3fa9'] })).toBe('{"pins":["daily__3fa9"]}');
  });

  it('fits into a column for a plan of four thousand versions', () => {
    const pins = Array.from({ length: 4_000 }, (_, index) => ({
      schema: 'analytics__store',
      name: `int_model_number_${index}__${(index * 2_654_435_761).toString(16).padStart(12, '0').slice(-12)}`,
    }));
    expect(JSON.stringify(pins).length).toBeGreaterThan(200_000);
    expect(Buffer.byteLength(stateJson(pins))).toBeLessThanOrEqual(65_535);
  });

  it('is read back as it was, short or long', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 20_000), (value, times) => {
        const repeated = Array.from({ length: times }, () => value);
        expect(parseStateJson(stateJson(repeated))).toEqual(JSON.parse(JSON.stringify(repeated)));
      }),
      { numRuns: 20 },
    );
  });
});
