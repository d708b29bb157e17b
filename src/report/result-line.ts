import type { Activity } from '../run/event.ts';
import type { RunResult, RunStatus } from '../run/run-result.ts';
import type { Colors } from './colors.ts';
import { durationText, rowsText } from './number-text.ts';
import { printableLine } from './printable.ts';
import { padText } from './text-width.ts';

const NAME_WIDTH = 36;

/** How a node ended, on one line: `built       daily                                 12,345 rows  0.42 s`. */
export function resultLine(result: RunResult, activity: Activity, colors: Colors): string {
  const word = paint(result.status, padText(statusWord(result, activity), 10), colors);
  const name = padText(printableLine(result.name), NAME_WIDTH);
  return [word, name, ...details(result).map((detail) => colors.dim(detail))].join('  ').trimEnd();
}

/** What was done, in one word: `generated`, `loaded`, `built`, or the status. */
function statusWord({ status }: RunResult, activity: Activity): string {
  if (status !== 'success') return status;
  switch (activity) {
    case 'generate':
      return 'generated';
    case 'load':
      return 'loaded';
    case 'check':
      return 'checked';
    case 'build':
      return 'built';
    case 'test':
      return 'pass';
  }
}

/** The colour of a status: green for good, red for bad, yellow for what somebody should look at. */
export function paint(status: RunStatus, text: string, colors: Colors): string {
  switch (status) {
    case 'success':
    case 'pass':
      return colors.green(text);
    case 'reused':
      return colors.cyan(text);
    case 'warn':
    case 'skipped':
    case 'cancelled':
      return colors.yellow(text);
    case 'error':
    case 'fail':
    case 'superseded':
      return colors.red(text);
  }
}

function details(result: RunResult): readonly string[] {
  const took = result.finishedAt.getTime() - result.startedAt.getTime();
  return [
    ...(result.rows === undefined ? [] : [rowsText(result.rows)]),
    ...(result.failures === undefined || result.failures === 0
      ? []
      : [`${rowsText(result.failures)} failed`]),
    ...(result.message === undefined || result.failures !== undefined ? [] : [printableLine(result.message)]),
    ...(hasWorked(result) ? [durationText(took)] : []),
  ];
}

/** Whether a node took time of its own: it was neither skipped nor found done. */
export function hasWorked({ status, cached }: RunResult): boolean {
  return status !== 'skipped' && status !== 'reused' && cached !== true;
}
