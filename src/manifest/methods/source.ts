import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `source:raw`, `source:raw.daily_dump`, `source:shop.raw.daily_dump`: a source, or one of its tables. */
export const source: SelectorMethod = {
  name: 'source',
  takesArgument: false,
  matcher(value) {
    const wanted = value.split('.').map(patternMatcher);
    return (node) => {
      if (node.resourceType !== 'source') return false;
      const names = [node.sourceName, node.name];
      const segments = wanted.length > 2 ? [node.fqn[0] ?? '', ...names] : names;
      return (
        wanted.length <= segments.length && wanted.every((matches, index) => matches(segments[index] ?? ''))
      );
    };
  },
  valuesOf: (node) =>
    node.resourceType === 'source' ? [node.sourceName, `${node.sourceName}.${node.name}`] : [],
};
