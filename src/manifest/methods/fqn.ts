import type { Node } from '../node.ts';
import { isPattern, patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/**
 * A node's name, or the beginning of its dotted path with or without the project: `daily`, `marts`, `marts.daily`,
 * `shop.marts`, `stg_*`, `marts.*`. Foreign sources have names only for `source:`; landed ones are loaded by us.
 */
export const fqn: SelectorMethod = {
  name: 'fqn',
  takesArgument: false,
  matcher(value) {
    const matchesName = patternMatcher(value);
    const matchesPath = prefixMatcher(value.split('.'));
    return (node) =>
      isNamed(node) && (matchesName(node.name) || matchesPath(node.fqn) || matchesPath(node.fqn.slice(1)));
  },
  valuesOf: (node) =>
    isNamed(node) ? [node.name, ...node.fqn.slice(1, -1), node.fqn.slice(1).join('.')] : [],
};

function isNamed(node: Node): boolean {
  return node.resourceType !== 'source' || node.landed !== undefined;
}

/** Segments must agree one by one; from the first that holds a wildcard on, the rest is one pattern. */
function prefixMatcher(wanted: readonly string[]): (segments: readonly string[]) => boolean {
  const wild = wanted.findIndex(isPattern);
  const plain = wild === -1 ? wanted : wanted.slice(0, wild);
  const matchesRest = wild === -1 ? () => true : patternMatcher(wanted.slice(wild).join('.'));
  return (segments) =>
    segments.length >= wanted.length &&
    plain.every((segment, index) => segment === segments[index]) &&
    matchesRest(segments.slice(plain.length).join('.'));
}
