import { patternMatcher } from '../pattern.ts';
import type { SelectorMethod } from '../selector-method.ts';

/** `file:daily.sql` or `file:daily`: the file's name, wherever it is. */
export const file: SelectorMethod = {
  name: 'file',
  takesArgument: false,
  matcher(value) {
    const matches = patternMatcher(value);
    return (node) => fileNames(node.path).some(matches);
  },
  valuesOf: (node) => fileNames(node.path),
};

function fileNames(path: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return [name, name.replace(/\.[^.]*$/, '')];
}
