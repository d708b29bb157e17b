import type { Node } from '../node.ts';
import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

const TYPES: Readonly<Record<Node['resourceType'], true>> = {
  model: true,
  seed: true,
  generated_seed: true,
  source: true,
  test: true,
  unit_test: true,
};

/** `resource_type:model`. */
export const resourceType: SelectorMethod = {
  name: 'resource_type',
  takesArgument: false,
  vocabulary: Object.keys(TYPES),
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => matches(node.resourceType);
  },
  valuesOf: (node) => [node.resourceType],
};
