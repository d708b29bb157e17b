/** Adds a value to the list of its key, in a map of lists that are being made: `{ a: [1] }` and `a`, `2` make `{ a: [1, 2] }`. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
