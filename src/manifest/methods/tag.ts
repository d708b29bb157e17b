import { methodOfValues } from '../selector-method.ts';

/** `tag:nightly`: nodes that carry the tag. */
export const tag = methodOfValues({ name: 'tag', valuesOf: ({ tags }) => tags });
