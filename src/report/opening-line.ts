import { counted } from '../diagnostic/counted.ts';
import type { RunStarted } from '../run/event.ts';

/** What a run is about to do: `build on target dev (default), 42 nodes, 4 threads, run 8f3a21`. */
export function openingLine({ command, target, environment, nodes, threads, runId }: RunStarted): string {
  const work = counted(nodes, 'node');
  const hands = counted(threads, 'thread');
  return `${command} on target ${target} (${environment}), ${work}, ${hands}, run ${runId}`;
}
