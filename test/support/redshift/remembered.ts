import { BEHAVIOURS } from './behaviours.ts';
import { SESSION_BEHAVIOURS } from './session-behaviours.ts';

/** What the stand-in does from memory alone: behaviours by their names, and what is remembered of documented ones. */
export function remembered(): ReadonlySet<string> {
  return new Set(
    [...SESSION_BEHAVIOURS, ...BEHAVIOURS].flatMap(({ name, source, remembered: facts = [] }) => [
      ...(source.kind === 'memory' ? [name] : []),
      ...facts,
    ]),
  );
}
