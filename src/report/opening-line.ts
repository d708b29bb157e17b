import type { RunStarted } from '../run/event.ts';
import { countText } from './number-text.ts';

/** What a run is about to do: `build on target dev (default), 42 nodes, 4 threads, run 8f3a21`. */
export function openingLine({ command, target, environment, nodes, threads, runId }: RunStarted): string {
  const work = `${countText(nodes)} ${nodes === 1 ? 'node' : 'nodes'}`;
  const hands = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `${command} on target ${target} (${environment}), ${work}, ${hands}, run ${runId}`;
}
