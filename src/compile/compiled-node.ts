import type { DataTestNode, ModelNode } from '../manifest/node.ts';
import type { SourceMap } from '../template/source-map.ts';

/**
 * A compiled node is a node's SQL with every relation left as a marker (template/relation-marker):
 * bound to published names it is the compiled file, bound to versions it is what runs, bound to keys it is hashed.
 * Ephemeral models are inlined already.
 */
export interface CompiledNode<N extends ModelNode | DataTestNode = ModelNode | DataTestNode> {
  readonly node: N;
  readonly sql: string;
  /** From offsets in `sql` to places in templates. */
  readonly map: SourceMap;
  /** Unique ids of the relations that `sql` reads, each once. */
  readonly reads: readonly string[];
  /** Why the result may differ between two runs over the same data; empty for deterministic SQL. */
  readonly nondeterminism: readonly string[];
}
