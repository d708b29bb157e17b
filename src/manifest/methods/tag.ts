import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `tag:nightly`: nodes that carry the tag. */
export const tag: SelectorMethod = {
  name: 'tag',
  takesArgument: false,
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => node.tags.some(matches);
  },
  valuesOf: (node) => node.tags,
};
