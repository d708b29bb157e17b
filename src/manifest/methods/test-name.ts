import { methodOfValues } from '../selector-method.ts';

/** `test_name:unique`: all tests made by a generic test. */
export const testName = methodOfValues({
  name: 'test_name',
  valuesOf: (node) =>
    node.resourceType === 'test' && node.test.kind === 'generic' ? [node.test.testName] : [],
});
