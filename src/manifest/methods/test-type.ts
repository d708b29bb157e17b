import { methodOfValues } from '../selector-method.ts';

/** `test_type:generic`, `test_type:singular`, `test_type:data` for both, `test_type:unit`; `schema` is dbt's older word for generic. */
export const testType = methodOfValues({
  name: 'test_type',
  vocabulary: ['generic', 'singular', 'data', 'schema', 'unit'],
  valuesOf: (node) => {
    if (node.resourceType === 'unit_test') return ['unit'];
    if (node.resourceType !== 'test') return [];
    return node.test.kind === 'generic' ? ['generic', 'schema', 'data'] : ['singular', 'data'];
  },
});
