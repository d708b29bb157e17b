import type { Node } from './node.ts';

/** A selector method tells which nodes a value means: `tag:nightly`, `config.materialized:table`. */
export interface SelectorMethod {
  readonly name: string;
  /** Whether it is written with an argument, `config.<argument>:<value>`. */
  readonly takesArgument: boolean;
  /** All values that there can be; without it a value that no node has is a mistake. */
  readonly vocabulary?: readonly string[];
  /** Prepares the test of nodes against a value, which may hold wildcards. `argument` is '' for methods that take none. */
  readonly matcher: (value: string, argument: string) => (node: Node) => boolean;
  /** The values that would select the node, for suggestions. */
  readonly valuesOf: (node: Node, argument: string) => readonly string[];
}
