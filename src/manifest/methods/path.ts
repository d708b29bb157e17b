import { pathMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `path:models/staging`: a file, or all files below a folder; `models/**` and `models/*.sql` as in a shell. */
export const path: SelectorMethod = {
  name: 'path',
  takesArgument: false,
  matcher(value) {
    const matches = pathMatcher(value.replace(/^(\.\/)+/, '').replace(/\/+$/, ''));
    return (node) => pathAndFolders(node.path).some(matches);
  },
  valuesOf: (node) => pathAndFolders(node.path),
};

/** `a/b/c.sql` gives itself, `a/b` and `a`. */
function pathAndFolders(file: string): readonly string[] {
  const segments = file.split('/');
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}
