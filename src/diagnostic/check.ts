import type { Report } from './diagnostic.ts';

/** A check looks whether one thing works that a command will need. */
export interface Check {
  readonly what: string;
  /** Earlier checks without which this one cannot look: where one of them did not pass, it is skipped. */
  readonly needs: readonly string[];
  /** Gives a sentence of what it saw, or throws; what works and is doubtful is a warning. */
  readonly look: (warn: Report) => Promise<string>;
}
