import { counted } from '../diagnostic/counted.ts';

/** `Published 9 nodes as number 4.` */
export function publishedLine(count: number, sequence: number): string {
  if (count === 0) return 'Nothing was published: everything is as it was.';
  return `Published ${counted(count, 'node')} as number ${sequence}.`;
}
