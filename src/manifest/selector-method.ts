import type { Node } from './node.ts';
import { patternMatcher } from './pattern.ts';

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

/** What a method is that selects the nodes of which a value matches the pattern that was written. */
interface ValueMethod extends Pick<SelectorMethod, 'name' | 'vocabulary'> {
  readonly valuesOf: (node: Node) => readonly string[];
}

/** The selector method of values without an argument: `tag:nightly`, `resource_type:model`. */
export function methodOfValues(method: ValueMethod): SelectorMethod {
  return {
    ...method,
    takesArgument: false,
    matcher(value) {
      const matches = patternMatcher(value);
      return (node) => method.valuesOf(node).some(matches);
    },
  };
}
