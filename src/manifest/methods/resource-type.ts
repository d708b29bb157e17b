import type { Node } from '../node.ts';
import { methodOfValues } from '../selector-method.ts';

const TYPES: Readonly<Record<Node['resourceType'], true>> = {
  model: true,
  seed: true,
  generated_seed: true,
  source: true,
  test: true,
  unit_test: true,
};

/** `resource_type:model`. */
export const resourceType = methodOfValues({
  name: 'resource_type',
  vocabulary: Object.keys(TYPES),
  valuesOf: (node) => [node.resourceType],
});
