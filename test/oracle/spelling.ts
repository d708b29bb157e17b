import { cell, required, type TextRow } from './text-row.ts';

/** Finds the clean value of what was landed. */
export type Spelling = (landed: string | null) => string;

export const ALL = '(all)';
export const UNKNOWN = '(unknown)';

/** A static seed of spellings; what is missing or not in it is `(unknown)`. */
export function spellingOf(seed: readonly TextRow[], column: string): Spelling {
  const clean = new Map(seed.map((row) => [folded(required(row, 'spelling')), cell(row, column)]));
  return (landed) => (landed === null ? undefined : clean.get(folded(landed))) ?? UNKNOWN;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
