import { methodOfValues } from '../selector-method.ts';

/** `file:daily.sql` or `file:daily`: the file's name, wherever it is. */
export const file = methodOfValues({
  name: 'file',
  valuesOf: ({ path }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return [name, name.replace(/\.[^.]*$/, '')];
  },
});
