import { type PatternField, type PatternPiece, parseDatePattern } from '../../date-pattern.ts';
import { literal } from '../redshift-text.ts';
import { field } from './date-field.ts';

/**
 * A moment as text: one `to_char` where all of the pattern is Redshift's, else pieces joined. Names of months and days,
 * which it fills up with blanks, are cut; letters that are no field stand beside it.
 */
export function formatMoment(moment: string, pattern: string): string {
  const expressions: string[] = [];
  let run = '';
  for (const piece of parseDatePattern(pattern)) {
    const own = expressionOf(piece, moment);
    if (own === undefined) run += 'text' in piece ? piece.text : piece.field;
    else {
      if (run !== '') expressions.push(toChar(moment, run));
      expressions.push(own);
      run = '';
    }
  }
  if (run !== '') expressions.push(toChar(moment, run));
  return expressions.length === 1 ? expressions.join() : `(${expressions.join(' || ')})`;
}

function toChar(moment: string, pattern: string): string {
  return `to_char(${moment}, ${literal(pattern)})`;
}

const PUNCTUATION = /^[-:./, ]+$/;

/** What cannot stand in a pattern as it is. */
function expressionOf(piece: PatternPiece, moment: string): string | undefined {
  if ('text' in piece) return PUNCTUATION.test(piece.text) ? undefined : literal(piece.text);
  if (piece.field === 'ID') return `cast(${field('day_of_week', moment)} as varchar(1))`;
  return PADDED.has(piece.field) ? `rtrim(${toChar(moment, piece.field)})` : undefined;
}

const PADDED: ReadonlySet<PatternField> = new Set(['MONTH', 'Month', 'month', 'DAY', 'Day', 'day']);
