import type { DataTestNode, ModelNode } from '../manifest/node.ts';

/** A node as messages name it: `Model "daily"`. */
export function describeNode(node: ModelNode | DataTestNode): string {
  return `${node.resourceType === 'model' ? 'Model' : 'Test'} "${node.name}"`;
}
