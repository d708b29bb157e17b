import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Origin } from '../template/source-map.ts';

/** Where a piece of SQL was written: its place in a template, and the calls of the macros that it came through. */
export interface SqlPlace {
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
}

/** The place of an origin; without one, the fallback. */
export function sqlPlace(origin: Origin | undefined, fallback: Span): SqlPlace {
  const calls = origin?.stack ?? [];
  const related = calls
    .toReversed()
    .map(({ macro, span }) => ({ message: `macro "${macro}" is called here`, span }));
  return { span: origin?.span ?? fallback, related };
}
