import fc from 'fast-check';
import type { Node } from '../../src/manifest/node.ts';
import { genericTest, model, singularTest } from './manifest.ts';

const TAGS = ['nightly', 'hourly', 'core'];

/** Up to 14 models m0, m1, … that read only earlier ones, some of them tagged, with tests on some of them. */
export const layeredProject: fc.Arbitrary<readonly Node[]> = fc
  .array(
    fc.record({
      reads: fc.array(fc.nat({ max: 100 }), { maxLength: 3 }),
      tags: fc.subarray(TAGS),
      tested: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drafts) => {
    const models = drafts.map((draft, index) => {
      const reads = index === 0 ? [] : [...new Set(draft.reads.map((read) => `m${read % index}`))];
      return model(`m${index}`, reads, { tags: draft.tags });
    });
    const tests = drafts.flatMap((draft, index) =>
      draft.tested ? [genericTest('unique', [`m${index}`])] : [],
    );
    const last = `m${drafts.length - 1}`;
    return [...models, ...tests, singularTest('first_and_last', [...new Set(['m0', last])])];
  });
