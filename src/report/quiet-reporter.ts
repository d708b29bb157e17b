import type { RunEvent } from '../run/event.ts';
import type { Reporter } from './reporter.ts';

/** Hands on only what went wrong and the summary. */
export function quietly(reporter: Reporter): Reporter {
  return {
    tell: (event) => {
      if (isEssential(event)) reporter.tell(event);
    },
    close: () => reporter.close(),
  };
}

function isEssential(event: RunEvent): boolean {
  if (event.kind === 'run-finished') return true;
  if (event.kind === 'warning') return event.diagnostic.severity === 'error';
  if (event.kind !== 'node-finished') return false;
  const { status } = event.result;
  return status === 'error' || status === 'fail' || status === 'superseded';
}
