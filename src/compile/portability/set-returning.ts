import type { TreePlace } from './pg-tree.ts';

const SET_RETURNING = new Set(['generate_series', 'generate_subscripts', 'unnest', 'regexp_split_to_table']);

/** Whether a function is called for rows: it stands in a FROM list, or never gives anything else. */
export function returnsRows(name: string, above: readonly TreePlace[]): boolean {
  const inFrom = above.slice(-2).some(({ tag }) => tag === 'RangeFunction');
  return inFrom || SET_RETURNING.has(name);
}
