import type { Node } from '../node.ts';
import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `test_name:unique`: all tests made by a generic test. */
export const testName: SelectorMethod = {
  name: 'test_name',
  takesArgument: false,
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => namesOf(node).some(matches);
  },
  valuesOf: namesOf,
};

function namesOf(node: Node): readonly string[] {
  return node.resourceType === 'test' && node.test.kind === 'generic' ? [node.test.testName] : [];
}
