import { methodOfValues } from '../selector-method.ts';

/** `unit_test:rolling_users`: unit tests by name. */
export const unitTest = methodOfValues({
  name: 'unit_test',
  valuesOf: (node) => (node.resourceType === 'unit_test' ? [node.name] : []),
});
