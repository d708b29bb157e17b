import type { Behaviour } from './behaviour.ts';

/** Everything in which the stand-in is not PostgreSQL, in the order in which a statement meets it. */
export const BEHAVIOURS: readonly Behaviour[] = [];
