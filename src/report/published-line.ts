import { countText } from './number-text.ts';

/** `Published 9 nodes as number 4.` */
export function publishedLine(count: number, sequence: number): string {
  if (count === 0) return 'Nothing was published: everything is as it was.';
  return `Published ${countText(count)} ${count === 1 ? 'node' : 'nodes'} as number ${sequence}.`;
}
