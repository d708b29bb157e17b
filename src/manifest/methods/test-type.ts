import type { Node } from '../node.ts';
import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `test_type:generic`, `test_type:singular`, `test_type:data` for both, `test_type:unit`; `schema` is dbt's older word for generic. */
export const testType: SelectorMethod = {
  name: 'test_type',
  takesArgument: false,
  vocabulary: ['generic', 'singular', 'data', 'schema', 'unit'],
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => typesOf(node).some(matches);
  },
  valuesOf: typesOf,
};

function typesOf(node: Node): readonly string[] {
  if (node.resourceType === 'unit_test') return ['unit'];
  if (node.resourceType !== 'test') return [];
  return node.test.kind === 'generic' ? ['generic', 'schema', 'data'] : ['singular', 'data'];
}
