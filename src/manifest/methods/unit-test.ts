import type { Node } from '../node.ts';
import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `unit_test:rolling_users`: unit tests by name. */
export const unitTest: SelectorMethod = {
  name: 'unit_test',
  takesArgument: false,
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => namesOf(node).some(matches);
  },
  valuesOf: namesOf,
};

function namesOf(node: Node): readonly string[] {
  return node.resourceType === 'unit_test' ? [node.name] : [];
}
